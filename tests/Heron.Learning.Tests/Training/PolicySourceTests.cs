using Heron.Core.Environments;
using Heron.Core.Scheduling;
using Heron.Learning.Tests.Shared;
using Heron.Learning.Training;
using Heron.Simulations;
using Heron.TestEnvironments.Probe;
using Heron.Tests.Shared;

namespace Heron.Learning.Tests.Training;

[Collection(AllocationCollection.Name)]
public sealed class PolicySourceTests
{
    private static readonly EnvironmentRegistry Registry = HeronEnvironments.AddTo(new EnvironmentRegistry().Add(ProbeEnvironment.Definition));

    // The probe has all kinds of actions, masks, agents that join late, leave early or wait, and so several policies.
    [Theory]
    [InlineData("Probe-v0", false)]
    [InlineData("Probe-v0", true)]
    [InlineData("SimpleMicrogrids-v0", false)]
    [InlineData("SimpleMicrogrids-v0", true)]
    public void Act_StepByStep_ActsAsTheEvaluatorDoes(string environmentId, bool greedy)
    {
        var options = new TrainingOptions { EnvironmentId = environmentId, Model = new ModelOptions { HiddenSizes = [8] } };
        EnvironmentFactory environment = options.CreateEnvironment(Registry);
        var policies = new PolicySet(environment.Spec, options);
        using var evaluator = new PolicyEvaluator(Registry, options, policies);
        using var driver = new StepDriver(environment, new PolicySource(policies, greedy));
        for (uint seed = 3; seed < 6; seed++)
        {
            driver.Reset(seed);
            while (!driver.IsOver)
            {
                driver.Step();
            }

            EpisodeResult expected = evaluator.Play(1, seed, greedy)[0];
            Assert.Equal(expected.AgentReturns.Values, driver.Returns.ToArray());
            Assert.Equal(expected.Steps, driver.Steps);
        }
    }

    [Fact]
    public void Act_EventDriven_RepeatsItselfAndAllocatesNothing()
    {
        var options = new TrainingOptions { EnvironmentId = "Thermostat-v0", Model = new ModelOptions { HiddenSizes = [8] } };
        EnvironmentFactory environment = options.CreateEnvironment(Registry);
        EventScheduler scheduler = environment.CreateEventScheduler(new PolicySource(new PolicySet(environment.Spec, options), greedy: false), new EventOptions { RecordHistory = false });
        scheduler.Reset(5);
        scheduler.RunUntil(100, cancellationToken: TestContext.Current.CancellationToken);
        AgentStatistics[] first = [.. scheduler.Summarize().Agents];
        CancellationToken token = TestContext.Current.CancellationToken;

        long allocated = Allocations.Of(() =>
        {
            scheduler.Reset(5);
            scheduler.RunUntil(100, cancellationToken: token);
        });

        Assert.Equal(0, allocated);
        Assert.Equal(first, scheduler.Summarize().Agents);
        Assert.All(first, agent => Assert.True(agent.Effects > 90));
    }
}

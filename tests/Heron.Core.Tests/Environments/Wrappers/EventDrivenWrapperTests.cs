using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;
using Heron.Core.Tests.Scheduling;
using Heron.TestEnvironments.Probe;

namespace Heron.Core.Tests.Environments.Wrappers;

public sealed class EventDrivenWrapperTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public void ExposedAgents_EventDriven_AsksForThoseOnly()
    {
        EnvironmentFactory whole = Integrators.Factory(
            ScheduleConfig.Deterministic(2), ("a", ScheduleConfig.Deterministic(1)), ("b", ScheduleConfig.Deterministic(1)), ("c", ScheduleConfig.Deterministic(3)));
        var rewards = new List<float>();
        var source = new ScriptedSource((in ActionRequest request) =>
        {
            rewards.Add(request.Rewards[0]);
            request.Continuous(request.Agents[0])[0] = 1;
            if (request.Agents.Length == 2)
            {
                request.Continuous(0)[0] = 1;
                request.Decline(1);
            }
        });

        EventScheduler scheduler = ExposedAgents.Of(whole, ["b", "c"]).CreateEventScheduler(source);
        scheduler.Reset(5);
        scheduler.RunUntil(3, cancellationToken: Token);

        Assert.Equal(["begin 2 agents, seed 5", "1 at 1 s: b", "2 at 2 s: b", "3 at 3 s: c, b"], source.Asked);
        Assert.Equal([0f, 0f, -0.2f], rewards);
        Assert.Equal([3, 3, 0], whole.Spec.Agents.Select(agent => scheduler.Statistics.Of(agent.Id).Effects));
        float[] last = new float[1];
        Assert.Equal([0f, 0.3f, 0f], Enumerable.Range(0, 3).Select(agent =>
        {
            scheduler.Observe(agent, last);
            return MathF.Round(last[0], 4);
        }));
    }

    [Fact]
    public void OneHotObservations_EventDriven_EncodesWhatTheSourceSees()
    {
        EnvironmentFactory plain = new HeronEnvironmentBuilder("Light-v0").Add(new Root()).Add(new Light(), "system").Build();
        var seen = new List<float[]>();
        var source = new ScriptedSource((in ActionRequest request) =>
        {
            seen.Add(request.Observation(0).ToArray());
            request.Discrete(0)[0] = 2;
        });

        EventScheduler scheduler = OneHotObservations.Of(plain).CreateEventScheduler(source);
        scheduler.Reset(5);
        scheduler.RunUntil(2, cancellationToken: Token);

        Assert.Equal([[0f, 1f, 0f], [0f, 0f, 1f]], seen);
    }

    [Fact]
    public void Of_EnvironmentWithoutATree_StaysStepOnly()
    {
        EnvironmentFactory probe = ProbeEnvironment.Definition.Configure();

        Assert.False(OneHotObservations.Of(probe).IsEventDriven);
        Assert.False(ExposedAgents.Of(probe, ["box_0"]).IsEventDriven);
    }

    private struct Colour
    {
        public float Category;
    }

    private sealed class Root() : SystemAgent("system");

    /// <summary>Is the colour that was chosen last, at first 1; sees it as a category.</summary>
    private sealed class Light : FieldAgent
    {
        private readonly Feature<Colour> _colour;

        public Light()
            : base("light")
        {
            _colour = AddFeature(new Colour { Category = 1 }, Visibility.Owner);
            ActionSpace = new DiscreteSpace(3);
            ObservationSpace = new DiscreteSpace(3);
        }

        public override void Apply(in AgentContext context) => context.Get(_colour).Category = context.Categories[0];
    }
}

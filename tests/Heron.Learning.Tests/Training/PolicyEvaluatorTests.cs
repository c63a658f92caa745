using Heron.Core.Environments;
using Heron.Learning.Training;
using Heron.Simulations;
using Heron.TestEnvironments.Probe;

namespace Heron.Learning.Tests.Training;

public sealed class PolicyEvaluatorTests
{
    private static readonly EnvironmentRegistry Registry = HeronEnvironments.AddTo(new EnvironmentRegistry().Add(ProbeEnvironment.Definition));

    private static readonly TrainingOptions Probe = new() { EnvironmentId = "Probe-v0", Model = new ModelOptions { HiddenSizes = [8] } };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Play_OneByOneOrTogether_GivesTheSameEpisodes(bool greedy)
    {
        using PolicyEvaluator evaluator = Evaluator(Probe);

        IReadOnlyList<EpisodeResult> together = evaluator.Play(40, seed: 5, greedy);
        EpisodeResult last = evaluator.Play(1, seed: 5 + 39, greedy)[0];

        Assert.Equal(Enumerable.Range(5, 40).Select(seed => (uint)seed), together.Select(episode => episode.Seed));
        Assert.Equal(last.Return, together[39].Return);
        Assert.Equal(last.AgentReturns, together[39].AgentReturns);
        Assert.Equal(last.MetricSums, together[39].MetricSums);
        Assert.All(together, episode => Assert.Equal(25, episode.Steps));
    }

    [Fact]
    public void Play_Sampled_DrawsOtherActionsForOtherSeeds()
    {
        // Nothing in this environment is random but the actions.
        using PolicyEvaluator evaluator = Evaluator(new TrainingOptions { EnvironmentId = "SimpleMicrogrids-v0" });

        Assert.NotEqual(evaluator.Play(1, 0, greedy: false)[0].Return, evaluator.Play(1, 1, greedy: false)[0].Return);
        Assert.Equal(evaluator.Play(1, 0, greedy: true)[0].Return, evaluator.Play(1, 1, greedy: true)[0].Return);
    }

    [Fact]
    public void Play_SimpleMicrogrids_AddsUpReturnsAndMetrics()
    {
        using PolicyEvaluator evaluator = Evaluator(new TrainingOptions { EnvironmentId = "SimpleMicrogrids-v0" });

        EpisodeResult episode = evaluator.Play(1, 0, greedy: true)[0];

        // The shared reward is minus cost plus penalty 10 times safety; six agents get a sixth each.
        Assert.Equal(-(episode.MetricSums["cost"] + (10 * episode.MetricSums["safety"])), episode.Return, 1e-2);
        Assert.Equal(episode.Return, episode.AgentReturns.Values.Sum(), 1e-9);
        Assert.Equal(48, episode.Steps);
        Assert.InRange(episode.FinalMetrics["frequency_hz"], 59, 61);
    }

    private static PolicyEvaluator Evaluator(TrainingOptions options) =>
        new(Registry, options, new PolicySet(options.CreateEnvironment(Registry).Spec, options));
}

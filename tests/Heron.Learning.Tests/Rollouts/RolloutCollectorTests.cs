using Heron.Core.Environments;
using Heron.Core.Spaces;
using Heron.Learning.Rollouts;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Rollouts;

/// <summary>What becomes of agents that are asked at different rates, join late and end early.</summary>
public sealed class RolloutCollectorTests
{
    [Fact]
    public void Collect_EndsOfEachKind_BootstrapFromTheObservationThatFollows()
    {
        // The second episode begins in the step in which the first ends, and is cut after two steps.
        using var sampler = new Sampler(stepsPerCopy: 6, "AAAAT", "AAAAX", "AAT..");

        sampler.Collector.Collect();

        Assert.Equal([RowEnd.None, RowEnd.None, RowEnd.None, RowEnd.Terminated, RowEnd.None, RowEnd.Cut], sampler.Ends(0));
        Assert.Equal([RowEnd.None, RowEnd.None, RowEnd.None, RowEnd.Truncated, RowEnd.None, RowEnd.Cut], sampler.Ends(1));
        Assert.Equal([RowEnd.None, RowEnd.Terminated, RowEnd.None, RowEnd.Terminated], sampler.Ends(2));
        Assert.Equal(sampler.ValueOf(episode: 0, step: 4, agent: 1), sampler.NextValue(1, row: 3));
        Assert.Equal(sampler.ValueOf(episode: 1, step: 2, agent: 0), sampler.NextValue(0, row: 5));
        Assert.Equal([1, 2, 3, 4, 1, 2], sampler.Rewards(0));
        Assert.Equal([100, 200, 100, 200], sampler.Rewards(2));
        Assert.Equal([Seen(0, 0, 2), Seen(0, 1, 2), Seen(1, 0, 2), Seen(1, 1, 2)], sampler.Observations(2));
    }

    [Fact]
    public void Collect_AgentAskedNowAndThen_GetsTheSumOfItsRewards()
    {
        using var sampler = new Sampler(stepsPerCopy: 7, "AAAAAAAX", ".AwAwwAX");

        sampler.Collector.Collect();

        Assert.Equal([Seen(0, 1, 1), Seen(0, 3, 1), Seen(0, 6, 1)], sampler.Observations(1));
        Assert.Equal([20 + 30, 40 + 50 + 60, 70], sampler.Rewards(1));
        Assert.Equal([RowEnd.None, RowEnd.None, RowEnd.Truncated], sampler.Ends(1));
    }

    [Fact]
    public void Collect_AgentNotAskedAgainBeforeTheCut_HasItsRowInTheNextBatch()
    {
        using var sampler = new Sampler(stepsPerCopy: 4, "AAAAAAAX", "AwAwwAAX");

        sampler.Collector.Collect();
        float[] first = sampler.Rewards(1);
        RowEnd[] firstEnds = sampler.Ends(1);
        float cutValue = sampler.NextValue(1, row: 0);
        sampler.Collector.Collect();

        Assert.Equal([10 + 20], first);
        Assert.Equal([RowEnd.Cut], firstEnds);
        Assert.Equal(sampler.ValueOf(episode: 0, step: 2, agent: 1), cutValue);
        Assert.Equal([30 + 40 + 50, 60, 70], sampler.Rewards(1)[..3]);
        Assert.Equal([Seen(0, 2, 1), Seen(0, 5, 1), Seen(0, 6, 1)], sampler.Observations(1)[..3]);
        Assert.Equal([RowEnd.None, RowEnd.None, RowEnd.Truncated], sampler.Ends(1)[..3]);
    }

    [Fact]
    public void Collect_AgentThatWaitsWhenItEnds_GetsItsRowClosed()
    {
        using var sampler = new Sampler(stepsPerCopy: 4, "AAAAX", "AwwT.");

        sampler.Collector.Collect();

        Assert.Equal([10 + 20 + 30], sampler.Rewards(1));
        Assert.Equal([RowEnd.Terminated], sampler.Ends(1));
    }

    [Fact]
    public void Collect_EpisodesAcrossBatches_AreReportedWhole()
    {
        using var sampler = new Sampler(stepsPerCopy: 3, "AAAAT", "AAT..");

        sampler.Collector.Collect();
        int finishedFirst = sampler.Collector.Episodes.Finished;
        sampler.Collector.Collect();
        EpisodeTracker episodes = sampler.Collector.Episodes;

        Assert.Equal(0, finishedFirst);
        Assert.Equal((1, 4L), (episodes.Finished, episodes.LengthSum));
        Assert.Equal(1 + 2 + 3 + 4, episodes.AgentReturnSum(0));
        Assert.Equal(10 + 20, episodes.AgentReturnSum(1));
        Assert.Equal(40, episodes.ReturnSum);
        Assert.Equal((4 + 1 + 2) / 3.0, sampler.Collector.MetricMean(0));
    }

    [Fact]
    public void Collect_CentralizedCritic_SeesAllAgentsAndWhoItIsFor()
    {
        using var sampler = new Sampler(stepsPerCopy: 2, centralized: true, "AAAX", ".AAX");

        sampler.Collector.Collect();

        float[] seen = sampler.CriticObservations();
        Assert.Equal([Seen(0, 0, 0), 0, 1, 0], seen[..4]);
        Assert.Equal([Seen(0, 1, 0), Seen(0, 1, 1), 1, 0], seen[4..8]);
        Assert.Equal([Seen(0, 1, 0), Seen(0, 1, 1), 0, 1], seen[8..12]);
    }

    private static float Seen(int episode, int step, int agent) => ScriptedEnvironment.Observation(episode, step, agent);

    /// <summary>Samples one copy of a script; each agent has a policy of its own, or all share one with a centralized critic.</summary>
    private sealed class Sampler : IDisposable
    {
        private readonly VectorEnvironment _environment;
        private readonly PolicyRollout[] _rollouts;
        private readonly Policy[] _policies;

        public Sampler(int stepsPerCopy, params string[] scripts)
            : this(stepsPerCopy, centralized: false, scripts)
        {
        }

        public Sampler(int stepsPerCopy, bool centralized, params string[] scripts)
        {
            _environment = new VectorEnvironment(ScriptedEnvironment.Factory(scripts), 1, AutoresetMode.SameStep);
            EnvironmentSpec spec = _environment.Spec;
            var actions = new ActionMapping(spec, ActionMappingMode.Rescale);
            PolicyMapping mapping = centralized ? PolicyMapping.Shared(spec, actions) : PolicyMapping.Independent(spec);
            CriticView? view = centralized ? new CriticView(spec, scripts.Length) : null;
            var policySpec = new PolicySpec(1, new DiscreteSpace(2));
            policySpec = view is null ? policySpec : policySpec with { CriticObservationLength = view.Length };
            _policies = [.. mapping.PolicyIds.Select((_, i) => new Policy(policySpec, (ulong)i))];
            _rollouts = [.. _policies.Select((policy, i) => new PolicyRollout(spec, new PolicyActor(spec, actions, mapping.AgentsOf(i), policy, 1), policy, view, stepsPerCopy))];
            Collector = new RolloutCollector(_environment, _rollouts, stepsPerCopy);
            Collector.Start(0);
        }

        public RolloutCollector Collector { get; }

        public float[] Rewards(int policy) => _rollouts[policy].Trajectories.Rewards.ToArray();

        public RowEnd[] Ends(int policy) => _rollouts[policy].Trajectories.Ends.ToArray();

        public float NextValue(int policy, int row) => _rollouts[policy].Trajectories.NextValues[row];

        public float[] Observations(int policy) => _rollouts[policy].Trajectories.Batch.Observations[.._rollouts[policy].Trajectories.Batch.Rows];

        public float[] CriticObservations() => _rollouts[0].Trajectories.Batch.CriticObservations;

        public float ValueOf(int episode, int step, int agent)
        {
            float[] value = new float[1];
            _policies[agent].Values([ScriptedEnvironment.Observation(episode, step, agent)], 1, value);
            return value[0];
        }

        public void Dispose() => _environment.Dispose();
    }
}

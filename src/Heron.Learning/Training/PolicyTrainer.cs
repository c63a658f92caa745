using System.Runtime.InteropServices;
using Heron.Core.Randomness;
using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>One policy of a run with everything that trains it.</summary>
internal sealed class PolicyTrainer
{
    private readonly Policy _policy;
    private readonly PpoLearner _learner;
    private readonly PpoOptions _options;
    private readonly ReturnScaler? _scaler;
    private RandomStream _shuffle;

    public PolicyTrainer(PolicySet policies, int policy, TrainingOptions options)
    {
        _policy = policies.Policies[policy];
        _options = options.Ppo;
        _learner = new PpoLearner(_policy, options.Ppo);
        ReadOnlySpan<int> agents = policies.Mapping.AgentsOf(policy);
        var actor = new PolicyActor(policies.Spec, policies.Actions, agents, _policy, options.NumEnvs);
        CriticView? criticView = options.CentralizedCritic ? new CriticView(policies.Spec, agents.Length) : null;
        Rollout = new PolicyRollout(policies.Spec, actor, _policy, criticView, options.StepsPerCopy);
        _scaler = options.RewardScaling == RewardScaling.ReturnDeviation ? new ReturnScaler(actor.SlotCount, options.Ppo.Gamma) : null;
        _shuffle = RandomStream.ForEpisode(options.Seed, RandomStream.Key(policies.Mapping.PolicyIds[policy], "shuffle"));
    }

    /// <summary>Samples for this policy.</summary>
    public PolicyRollout Rollout { get; }

    /// <summary>Learns from the rows that were just sampled.</summary>
    /// <returns>What happened, or null when nobody acted.</returns>
    public PpoStatistics? Learn(float learningRate)
    {
        TrajectoryRows rows = Rollout.Trajectories;
        PpoBatch batch = rows.Batch;
        if (batch.Rows == 0)
        {
            return null;
        }

        ScaleRewards(rows);
        Span<float> values = batch.Values.AsSpan(0, batch.Rows);
        _policy.Values(batch.CriticObservations, batch.Rows, values);
        GeneralizedAdvantage.Compute(
            rows.Rewards,
            values,
            rows.NextValues,
            rows.Ends,
            _options.Gamma,
            _options.Lambda,
            batch.Advantages.AsSpan(0, batch.Rows),
            batch.ValueTargets.AsSpan(0, batch.Rows));
        return _learner.Update(batch, learningRate, ref _shuffle);
    }

    /// <summary>Writes everything of this policy; between two iterations.</summary>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes(_policy.Parameters));
        byte[] learner = new byte[_learner.StateByteCount];
        _learner.SaveState(learner);
        writer.Write(learner);
        writer.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<RandomStream>(in _shuffle)));
        _scaler?.SaveState(writer);
        Rollout.SaveState(writer);
    }

    /// <summary>Takes over what <see cref="SaveState"/> wrote.</summary>
    public void LoadState(BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_policy.Parameters));
        _learner.LoadState(reader.ReadBytes(_learner.StateByteCount));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(new Span<RandomStream>(ref _shuffle)));
        _scaler?.LoadState(reader);
        Rollout.LoadState(reader);
    }

    private void ScaleRewards(TrajectoryRows rows)
    {
        if (_scaler is null)
        {
            return;
        }

        for (int slot = 0; slot < rows.SlotCount; slot++)
        {
            Range range = rows.RangeOf(slot);
            _scaler.Add(slot, rows.Rewards[range], rows.Ends[range]);
        }

        float factor = _scaler.Factor;
        foreach (ref float reward in rows.Rewards)
        {
            reward *= factor;
        }
    }
}

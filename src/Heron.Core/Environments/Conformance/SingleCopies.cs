using System.Runtime.InteropServices;
using Heron.Core.Randomness;

namespace Heron.Core.Environments.Conformance;

/// <summary>Copies that are stepped one by one, with the autoreset modes spelled out.</summary>
internal sealed class SingleCopies(Trial trial, int count, AutoresetMode mode)
{
    private readonly TrialCopy[] _copies = [.. Enumerable.Range(0, count).Select(_ => trial.NewCopy())];
    private readonly TrialCopy[] _finals = [.. Enumerable.Range(0, count).Select(_ => trial.NewCopy())];
    private readonly TrialActions[] _actions = [.. Enumerable.Range(0, count).Select(copy => trial.NewActions((uint)copy))];
    private readonly CopyFlags[] _flags = new CopyFlags[count];

    public bool AnyOver => _copies.Any(copy => copy.IsOver);

    public byte[] OverMask => [.. _copies.Select(copy => (byte)(copy.IsOver ? 1 : 0))];

    public void Reset(uint seed)
    {
        for (int i = 0; i < count; i++)
        {
            // A vector environment's memory is zero at first, and keeps what is not written.
            _copies[i].Observations.AsSpan().Clear();
            _copies[i].Reset(EpisodeSeed.ForCopy(seed, i));
            _flags[i] = CopyFlags.WasReset;
        }
    }

    public void ResetThoseOver()
    {
        for (int i = 0; i < count; i++)
        {
            _flags[i] = _copies[i].IsOver ? CopyFlags.WasReset : CopyFlags.None;
            if (_copies[i].IsOver)
            {
                _copies[i].Reset(EpisodeSeed.Next(_copies[i].Seed));
            }
        }
    }

    public void FillActions(VectorEnvironment vector)
    {
        for (int i = 0; i < count; i++)
        {
            _actions[i].Fill(_copies[i]);
            _copies[i].Continuous.CopyTo(vector.ContinuousActions.Row(i));
            _copies[i].Discrete.CopyTo(vector.DiscreteActions.Row(i));
        }
    }

    public void Step()
    {
        for (int i = 0; i < count; i++)
        {
            _flags[i] = StepOne(_copies[i], _finals[i]);
        }
    }

    public string? FindDifference(VectorEnvironment vector)
    {
        for (int i = 0; i < count; i++)
        {
            TrialCopy expected = _copies[i];
            bool same = vector.CopyFlags.All[i] == _flags[i]
                && vector.EpisodeSeeds.All[i] == expected.Seed
                && vector.EpisodeSteps.All[i] == expected.StepCount
                && Equal(vector.Observations.Row(i), expected.Observations)
                && Equal(vector.Rewards.Row(i), expected.Rewards)
                && Equal(vector.AgentFlags.Row(i), expected.Flags)
                && Equal(vector.Masks.Row(i), expected.Masks)
                && Equal(vector.Metrics.Row(i), expected.Metrics);
            if (!same || !FinalsAreSame(vector, i))
            {
                return $"{expected.Place}: copy {i} of {count} does not do what a single copy does";
            }
        }

        return null;
    }

    private CopyFlags StepOne(TrialCopy copy, TrialCopy final)
    {
        if (copy.IsOver)
        {
            copy.Reset(EpisodeSeed.Next(copy.Seed));
            return CopyFlags.WasReset;
        }

        copy.Step();
        if (!copy.IsOver)
        {
            return CopyFlags.None;
        }

        if (mode != AutoresetMode.SameStep)
        {
            return CopyFlags.Ended;
        }

        final.TakeResultsOf(copy);
        copy.Reset(EpisodeSeed.Next(copy.Seed));
        final.Rewards.CopyTo(copy.Rewards, 0);
        return CopyFlags.Ended | CopyFlags.WasReset;
    }

    private bool FinalsAreSame(VectorEnvironment vector, int copy) =>
        _flags[copy] != (CopyFlags.Ended | CopyFlags.WasReset)
        || (Equal(vector.FinalObservations.Row(copy), _finals[copy].Observations)
            && Equal(vector.FinalAgentFlags.Row(copy), _finals[copy].Flags)
            && Equal(vector.FinalMetrics.Row(copy), _finals[copy].Metrics));

    private static bool Equal<T>(ReadOnlySpan<T> actual, T[] expected)
        where T : unmanaged =>
        MemoryMarshal.AsBytes(actual).SequenceEqual(MemoryMarshal.AsBytes(expected.AsSpan()));
}

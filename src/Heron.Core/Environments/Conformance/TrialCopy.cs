using System.Runtime.InteropServices;

namespace Heron.Core.Environments.Conformance;

/// <summary>One copy of the environment under examination, with memory of its own and what it looked like one call before.</summary>
internal sealed class TrialCopy
{
    private readonly EnvironmentLayout _layout;

    public TrialCopy(IMultiAgentEnvironment environment, EnvironmentSpec spec)
    {
        Environment = environment;
        Spec = spec;
        _layout = spec.Layout;
        Continuous = new float[_layout.ContinuousLength];
        Discrete = new int[_layout.DiscreteLength];
        Observations = new float[_layout.ObservationLength];
        Rewards = new float[_layout.AgentCount];
        Flags = new AgentFlags[_layout.AgentCount];
        Masks = new byte[_layout.MaskLength];
        Metrics = new float[spec.MetricNames.Count];
        LastObservations = new float[_layout.ObservationLength];
        LastFlags = new AgentFlags[_layout.AgentCount];
        Finished = new bool[_layout.AgentCount];
        ForgetResults();
    }

    public IMultiAgentEnvironment Environment { get; }

    public EnvironmentSpec Spec { get; }

    public float[] Continuous { get; }

    public int[] Discrete { get; }

    public float[] Observations { get; }

    public float[] Rewards { get; }

    public AgentFlags[] Flags { get; }

    public byte[] Masks { get; }

    public float[] Metrics { get; }

    /// <summary>Observations before the last call.</summary>
    public float[] LastObservations { get; }

    /// <summary>Flags before the last call.</summary>
    public AgentFlags[] LastFlags { get; }

    /// <summary>Agents that ended in this episode before the last call.</summary>
    public bool[] Finished { get; }

    public uint Seed { get; private set; }

    /// <summary>Steps since the reset.</summary>
    public int StepCount { get; private set; }

    public bool IsOver => !Flags.Any(flags => flags.HasFlag(AgentFlags.Alive));

    /// <summary>For messages: where in which episode.</summary>
    public string Place => StepCount == 0 ? $"Reset({Seed})" : $"Episode of seed {Seed}, step {StepCount}";

    public void Reset(uint seed)
    {
        Seed = seed;
        StepCount = 0;
        Finished.AsSpan().Clear();
        Remember();
        Environment.Reset(seed, Buffers());
    }

    public void Step()
    {
        StepBuffers buffers = BeginStep();
        Environment.Step(buffers);
    }

    /// <summary>Counts a step that the caller takes by itself, in the buffers returned.</summary>
    public StepBuffers BeginStep()
    {
        StepCount++;
        for (int agent = 0; agent < Flags.Length; agent++)
        {
            Finished[agent] |= (Flags[agent] & (AgentFlags.Terminated | AgentFlags.Truncated)) != 0;
        }

        Remember();
        return Buffers();
    }

    public byte[] Save()
    {
        byte[] state = new byte[Environment.StateByteCount];
        Environment.SaveState(state);
        return state;
    }

    /// <summary>Overwrites outputs that are kept from call to call, so that nothing of an earlier episode is left in them. Flags stay: a reset writes them all.</summary>
    public void ForgetResults()
    {
        Observations.AsSpan().Fill(float.NaN);
        Masks.AsSpan().Clear();
    }

    /// <summary>Continues where another copy stands, given a state that it saved: results are the caller's to keep, not part of the state.</summary>
    public void ContinueFrom(TrialCopy other, byte[] state)
    {
        Environment.LoadState(state);
        TakeResultsOf(other);
    }

    public void TakeResultsOf(TrialCopy other)
    {
        Seed = other.Seed;
        StepCount = other.StepCount;
        other.Observations.CopyTo(Observations, 0);
        other.Rewards.CopyTo(Rewards, 0);
        other.Flags.CopyTo(Flags, 0);
        other.Masks.CopyTo(Masks, 0);
        other.Metrics.CopyTo(Metrics, 0);
        other.Finished.CopyTo(Finished, 0);
    }

    /// <summary>A record of the present actions and results; not for stepping.</summary>
    public TrialCopy Copy()
    {
        var copy = new TrialCopy(Environment, Spec);
        copy.TakeActionsOf(this);
        copy.TakeResultsOf(this);
        return copy;
    }

    public void TakeActionsOf(TrialCopy other)
    {
        other.Continuous.CopyTo(Continuous, 0);
        other.Discrete.CopyTo(Discrete, 0);
    }

    /// <summary>The first result that differs in any bit from another copy's, or null.</summary>
    public string? DifferenceFrom(TrialCopy other)
    {
        for (int agent = 0; agent < Flags.Length; agent++)
        {
            string? difference =
                Compare<AgentFlags>("flags", Flags.AsSpan(agent, 1), other.Flags.AsSpan(agent, 1))
                ?? Compare<float>("reward", Rewards.AsSpan(agent, 1), other.Rewards.AsSpan(agent, 1))
                ?? Compare<float>("observation", Observations.AsSpan(_layout.Observation(agent)), other.Observations.AsSpan(_layout.Observation(agent)))
                ?? Compare<byte>("mask", Masks.AsSpan(_layout.Mask(agent)), other.Masks.AsSpan(_layout.Mask(agent)));
            if (difference is not null)
            {
                return $"{Place}: agent '{Spec.Agents[agent].Id}' has {difference}.";
            }
        }

        return Compare<float>("metrics", Metrics, other.Metrics) is { } found ? $"{Place}: there are {found}." : null;
    }

    private static string? Compare<T>(string what, ReadOnlySpan<T> actual, ReadOnlySpan<T> expected)
        where T : unmanaged
    {
        if (MemoryMarshal.AsBytes(actual).SequenceEqual(MemoryMarshal.AsBytes(expected)))
        {
            return null;
        }

        return $"{what} [{string.Join(", ", actual.ToArray())}] instead of [{string.Join(", ", expected.ToArray())}]";
    }

    private void Remember()
    {
        Observations.CopyTo(LastObservations, 0);
        Flags.CopyTo(LastFlags, 0);

        // Both are written in every call; what is not written shows as NaN.
        Rewards.AsSpan().Fill(float.NaN);
        Metrics.AsSpan().Fill(float.NaN);
    }

    private StepBuffers Buffers() => new()
    {
        Layout = _layout,
        ContinuousActions = Continuous,
        DiscreteActions = Discrete,
        Observations = Observations,
        Rewards = Rewards,
        Flags = Flags,
        Masks = Masks,
        Metrics = Metrics,
    };
}

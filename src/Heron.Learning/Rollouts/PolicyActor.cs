using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Learning.Rollouts;

/// <summary>Acts for the agents of one policy in all copies of an environment, all that are asked in one go.</summary>
/// <remarks>A slot is one agent in one copy: copy * agents of the policy + number of the agent among them. Each has a random stream of its own.</remarks>
internal sealed class PolicyActor
{
    private readonly EnvironmentLayout _layout;
    private readonly ActionMapping _actions;
    private readonly int[] _agents;
    private readonly ulong[] _streamKeys;
    private readonly Policy _policy;

    // Of one step, in the order in which slots are asked.
    private readonly int[] _slots;
    private readonly float[] _observations;
    private readonly byte[] _masks;
    private readonly RandomStream[] _askedStreams;

    /// <summary>Makes room for a step.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="actions">How policies see its actions.</param>
    /// <param name="agents">Indices of the agents that act by the policy.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="copies">Copies of the environment.</param>
    public PolicyActor(EnvironmentSpec spec, ActionMapping actions, ReadOnlySpan<int> agents, Policy policy, int copies)
    {
        _layout = spec.Layout;
        _actions = actions;
        _agents = agents.ToArray();
        _streamKeys = [.. _agents.Select(agent => RandomStream.Key(spec.Agents[agent].Id, "actions"))];
        _policy = policy;
        SlotCount = checked(copies * agents.Length);
        Streams = new RandomStream[SlotCount];
        _slots = new int[SlotCount];
        _observations = new float[SlotCount * policy.Spec.ObservationLength];
        _masks = new byte[policy.Spec.HasActionMask ? SlotCount * policy.Spec.ActionSpace.MaskLength : 0];
        _askedStreams = new RandomStream[SlotCount];
        PolicySpec shape = policy.Spec;
        Continuous = new float[SlotCount * shape.ActionSpace.ContinuousLength];
        Discrete = new int[SlotCount * shape.ActionSpace.HeadSizes.Length];
        LogProbabilities = new float[SlotCount];
        DistributionInputs = new float[SlotCount * shape.DistributionInputLength];
    }

    /// <summary>Agents of the policy times copies.</summary>
    public int SlotCount { get; }

    /// <summary>Random streams of the slots.</summary>
    public RandomStream[] Streams { get; }

    /// <summary>Continuous parts of the last actions as the policy gave them, in the order of <see cref="AskedSlots"/>.</summary>
    public float[] Continuous { get; }

    /// <summary>Discrete parts of the last actions.</summary>
    public int[] Discrete { get; }

    /// <summary>Log-probabilities of the last actions.</summary>
    public float[] LogProbabilities { get; }

    /// <summary>Distributions that the last actions were drawn from.</summary>
    public float[] DistributionInputs { get; }

    /// <summary>The slots that were asked in the last step.</summary>
    public ReadOnlySpan<int> AskedSlots => _slots.AsSpan(0, AskedCount);

    private int AskedCount { get; set; }

    private PolicySpec Spec => _policy.Spec;

    /// <summary>Where a slot belongs.</summary>
    /// <returns>The copy, the number of the agent among those of the policy, and its index in the environment.</returns>
    public (int Copy, int Member, int Agent) PlaceOf(int slot)
    {
        (int copy, int member) = Math.DivRem(slot, _agents.Length);
        return (copy, member, _agents[member]);
    }

    /// <summary>What an asked slot observed.</summary>
    /// <param name="asked">Place in <see cref="AskedSlots"/>.</param>
    public ReadOnlySpan<float> Observation(int asked) => _observations.AsSpan(asked * Spec.ObservationLength, Spec.ObservationLength);

    /// <summary>What an asked slot may do; empty without masks.</summary>
    /// <param name="asked">Place in <see cref="AskedSlots"/>.</param>
    public ReadOnlySpan<byte> Mask(int asked) => Spec.HasActionMask ? _masks.AsSpan(asked * Spec.ActionSpace.MaskLength, Spec.ActionSpace.MaskLength) : [];

    /// <summary>Starts the random streams of a copy's agents.</summary>
    /// <param name="copy">Index of the copy.</param>
    /// <param name="seed">Its seed.</param>
    public void Seed(int copy, uint seed)
    {
        for (int member = 0; member < _agents.Length; member++)
        {
            Streams[(copy * _agents.Length) + member] = RandomStream.ForEpisode(seed, _streamKeys[member]);
        }
    }

    /// <summary>Acts for all agents that must, and hands the environment their actions.</summary>
    /// <param name="environment">Before the step.</param>
    /// <param name="greedy">Whether to take the most likely action instead of drawing one.</param>
    public void Act(VectorEnvironment environment, bool greedy)
    {
        Gather(environment);
        if (AskedCount == 0)
        {
            return;
        }

        ReadOnlySpan<float> observations = _observations.AsSpan(0, AskedCount * Spec.ObservationLength);
        ReadOnlySpan<byte> masks = _masks.AsSpan(0, Spec.HasActionMask ? AskedCount * Spec.ActionSpace.MaskLength : 0);
        var acts = new ActBatch
        {
            Continuous = Continuous,
            Discrete = Discrete,
            LogProbabilities = LogProbabilities,
            DistributionInputs = DistributionInputs,
        };
        if (greedy)
        {
            _policy.ActGreedily(observations, masks, AskedCount, acts);
        }
        else
        {
            _policy.Act(observations, masks, _askedStreams.AsSpan(0, AskedCount), acts);
        }

        for (int asked = 0; asked < AskedCount; asked++)
        {
            int slot = _slots[asked];
            (int copy, _, int agent) = PlaceOf(slot);
            Streams[slot] = _askedStreams[asked];
            _actions.Map(agent, Continuous.AsSpan(asked * Spec.ActionSpace.ContinuousLength, Spec.ActionSpace.ContinuousLength), environment.ContinuousActions.Row(copy)[_layout.Continuous(agent)]);
            Discrete.AsSpan(asked * Spec.ActionSpace.HeadSizes.Length, Spec.ActionSpace.HeadSizes.Length).CopyTo(environment.DiscreteActions.Row(copy)[_layout.Discrete(agent)]);
        }
    }

    private void Gather(VectorEnvironment environment)
    {
        int asked = 0;
        for (int slot = 0; slot < SlotCount; slot++)
        {
            (int copy, _, int agent) = PlaceOf(slot);
            if ((environment.AgentFlags.Row(copy)[agent] & AgentFlags.MustAct) == 0)
            {
                continue;
            }

            environment.Observations.Row(copy)[_layout.Observation(agent)].CopyTo(_observations.AsSpan(asked * Spec.ObservationLength));
            if (Spec.HasActionMask)
            {
                environment.Masks.Row(copy)[_layout.Mask(agent)].CopyTo(_masks.AsSpan(asked * Spec.ActionSpace.MaskLength));
            }

            _askedStreams[asked] = Streams[slot];
            _slots[asked++] = slot;
        }

        AskedCount = asked;
    }
}

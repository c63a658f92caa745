using System.Runtime.InteropServices;
using Heron.Core.Actions;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Protocols;

namespace Heron.Core.Environments;

/// <summary>Puts an action of every agent in force before anybody acts: one given through the contract, else one that a protocol commanded, else its policy's, else by <see cref="Agent.WhenIdle"/>.</summary>
/// <remarks>From the root down: a coordinator has decided before its protocol commands those below it. Policies see the state as it was before anybody acted.</remarks>
internal sealed class DecidePhase
{
    private readonly ActingAgent[] _acting;
    private readonly float[] _lows;
    private readonly float[] _highs;
    private readonly Decider[] _deciders;
    private readonly Agent[] _withPolicy;

    public DecidePhase(AgentTree tree, StateLayout layout, ActingAgent[] acting)
    {
        _acting = acting;
        _lows = [.. tree.Acting.SelectMany(agent => Bounds(agent, agent.ActionSpace!.Low))];
        _highs = [.. tree.Acting.SelectMany(agent => Bounds(agent, agent.ActionSpace!.High))];
        _withPolicy = [.. tree.Agents.Where(agent => agent.Policy is not null)];
        layout.ReserveScratch(acting.Max(agent => (agent.ObservationLength * sizeof(float)) + agent.MaskLength));
        bool isPlain = tree.Agents.All(agent => agent.Coordinations.Count == 0 && (agent.ActionSpace is null || agent.IsAsked));
        _deciders = isPlain ? [] : [.. PlaceDeciders(tree)];
    }

    /// <summary>Lets policies start the episode.</summary>
    public void Reset(StateStore store)
    {
        foreach (Agent agent in _withPolicy)
        {
            agent.Policy!.Reset(ContextOf(store, agent, default, default, default, default));
        }
    }

    public void Run(StateStore store, in StepBuffers buffers)
    {
        if (_deciders.Length == 0)
        {
            TakeGiven(store, buffers);
            return;
        }

        foreach (ref readonly Decider decider in _deciders.AsSpan())
        {
            bool hasDecided = decider.Place >= 0 && Decide(store, decider.Place, buffers);
            foreach (Coordination coordination in decider.Vertical)
            {
                coordination.Run(store, hasDecided, delayNanoseconds: 0);
            }
        }
    }

    // Nobody decides inside: all actions come through the buffers.
    private void TakeGiven(StateStore store, in StepBuffers buffers)
    {
        Span<float> continuous = store.ContinuousActions;
        Span<int> discrete = store.DiscreteActions;
        if (!buffers.Flags.ContainsAnyExcept(StepPipeline.InEpisode))
        {
            Clip(buffers.ContinuousActions, _lows, _highs, continuous);
            buffers.DiscreteActions.CopyTo(discrete);
            return;
        }

        for (int i = 0; i < _acting.Length; i++)
        {
            if ((buffers.Flags[i] & AgentFlags.MustAct) != 0)
            {
                TakeGiven(store, i, buffers);
            }
        }
    }

    private void TakeGiven(StateStore store, int i, in StepBuffers buffers)
    {
        Range range = buffers.Layout.Continuous(i);
        Clip(buffers.ContinuousActions[range], _lows.AsSpan(range), _highs.AsSpan(range), store.ContinuousActions[range]);
        buffers.Discrete(i).CopyTo(store.DiscreteActions[buffers.Layout.Discrete(i)]);
    }

    private bool Decide(StateStore store, int i, in StepBuffers buffers)
    {
        Agent agent = _acting[i].Agent;
        if ((buffers.Flags[i] & AgentFlags.Alive) == 0)
        {
            return false;
        }

        if (agent.IsAsked)
        {
            bool isGiven = (buffers.Flags[i] & AgentFlags.MustAct) != 0;
            if (isGiven)
            {
                TakeGiven(store, i, buffers);
            }

            return isGiven;
        }

        ref DecisionSlot slot = ref store.Decision(agent);
        if (!agent.ActsAfter(store.Clock.Step))
        {
            slot.HasDecided = 0;
            return false;
        }

        bool hasDecided = TakeCommanded(store, agent, ref slot) || FollowPolicy(store, _acting[i]);
        slot.HasDecided = hasDecided ? 1 : 0;
        if (!hasDecided && agent.WhenIdle == IdleBehavior.Neutral)
        {
            agent.ActionSpace!.WriteNeutral(store.ContinuousAction(agent), store.DiscreteAction(agent));
        }

        return hasDecided;
    }

    private static bool TakeCommanded(StateStore store, Agent agent, ref DecisionSlot slot)
    {
        if (slot.IsCommanded == 0)
        {
            return false;
        }

        slot.IsCommanded = 0;
        store.CommandedContinuous(agent).CopyTo(store.ContinuousAction(agent));
        store.CommandedDiscrete(agent).CopyTo(store.DiscreteAction(agent));
        return true;
    }

    private static bool FollowPolicy(StateStore store, in ActingAgent acting)
    {
        Agent agent = acting.Agent;
        if (agent.Policy is null)
        {
            return false;
        }

        Span<float> observation = MemoryMarshal.Cast<byte, float>(store.Scratch)[..acting.ObservationLength];
        Span<byte> mask = store.Scratch.Slice(acting.ObservationLength * sizeof(float), acting.MaskLength);
        var view = new AgentView(store, agent);
        agent.Observe(view, observation);
        if (acting.MaskLength > 0)
        {
            agent.WriteActionMask(view, mask);
        }

        // Where a command would stand; there is none, or the policy would not be asked.
        Span<float> continuous = store.CommandedContinuous(agent);
        Span<int> discrete = store.CommandedDiscrete(agent);
        if (!AskPolicy(store, agent, observation, mask, continuous, discrete))
        {
            return false;
        }

        continuous.CopyTo(store.ContinuousAction(agent));
        discrete.CopyTo(store.DiscreteAction(agent));
        return true;
    }

    /// <summary>Asks an agent's own policy on an observation that it has received.</summary>
    /// <returns>False when it chooses none; what was written is to be ignored then.</returns>
    public static bool AskPolicy(StateStore store, Agent agent, ReadOnlySpan<float> observation, ReadOnlySpan<byte> mask, Span<float> continuous, Span<int> discrete)
    {
        Policy policy = agent.Policy!;
        if (!policy.Decide(ContextOf(store, agent, agent.Select(policy.ObservationMode, observation), mask, continuous, discrete)))
        {
            return false;
        }

        ActionLimits.Put(agent, policy, continuous, discrete, continuous, discrete);
        return true;
    }

    private static PolicyContext ContextOf(
        StateStore store, Agent agent, ReadOnlySpan<float> observation, ReadOnlySpan<byte> mask, Span<float> continuous, Span<int> discrete)
    {
        int length = agent.Policy!.MemoryLength;
        Span<float> memory = length == 0 ? default : MemoryMarshal.CreateSpan(ref store.At<float>(agent.PolicyMemoryOffset), length);
        return new PolicyContext(observation, agent.ActionSpace!, continuous, discrete, memory, ref store.Stream(agent.PolicyStreamIndex)) { Mask = mask };
    }

    private static void Clip(ReadOnlySpan<float> values, ReadOnlySpan<float> lows, ReadOnlySpan<float> highs, Span<float> clipped)
    {
        for (int i = 0; i < clipped.Length; i++)
        {
            clipped[i] = MathF.Min(MathF.Max(values[i], lows[i]), highs[i]);
        }
    }

    // Acting agents stand in the order of the tree.
    private static IEnumerable<Decider> PlaceDeciders(AgentTree tree)
    {
        int place = 0;
        foreach (Agent agent in tree.Agents)
        {
            yield return new Decider(agent, agent.ActionSpace is null ? -1 : place++);
        }
    }

    private static IEnumerable<float> Bounds(Agent agent, Func<int, float> bound) =>
        Enumerable.Range(0, agent.ActionSpace!.ContinuousLength).Select(bound);

    /// <summary>An agent, its place among the acting ones (-1: it does not act), and the protocols that follow its decision.</summary>
    private readonly struct Decider(Agent agent, int place)
    {
        public readonly int Place = place;
        public readonly Coordination[] Vertical = [.. agent.Coordinations.Where(coordination => coordination.Protocol.Direction == ProtocolDirection.Vertical && !coordination.Protocol.IsNoOp)];
    }
}

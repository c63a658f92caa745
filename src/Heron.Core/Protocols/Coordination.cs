using Heron.Core.Actions;
using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Protocols;

/// <summary>A protocol at work for one owner and its members.</summary>
internal sealed class Coordination(Agent owner, Protocol protocol, IReadOnlyList<Agent>? members)
{
    public Agent Owner { get; } = owner;

    public Protocol Protocol { get; } = protocol;

    public IReadOnlyList<Agent> Members => members ?? Owner.Children;

    public int ScratchByteCount { get; private set; }

    /// <summary>Declares features and inboxes, and settles whom the protocol commands.</summary>
    public void Connect()
    {
        if (Members.FirstOrDefault(member => !Owner.IsAbove(member)) is { } stranger)
        {
            throw new ArgumentException($"The protocol {Protocol} of '{Owner.Id}' coordinates '{stranger.Id}', which does not stand below it. Let an agent above both own the protocol.");
        }

        var setup = new ProtocolSetup(Owner, Members, Protocol.Communication);
        Protocol.Connect(setup);
        ScratchByteCount = setup.ScratchByteCount;
        foreach (Agent member in Members.Where(Protocol.Action.Commands))
        {
            if (member.ActionSpace is null)
            {
                throw new ArgumentException($"The protocol {Protocol} of '{Owner.Id}' commands '{member.Id}', which has no ActionSpace. Set one in its constructor.");
            }

            if (member.CommandedBy is { } other)
            {
                throw new ArgumentException(
                    $"Agent '{member.Id}' is commanded by two protocols: {other.Protocol} of '{other.Owner.Id}' and {Protocol} of '{Owner.Id}'. Leave one of them without an action part.");
            }

            member.CommandedBy = this;
        }
    }

    /// <summary>One round: messages, then commands.</summary>
    public void Run(StateStore store, bool hasDecision, long delayNanoseconds)
    {
        var context = new ProtocolContext(store, this, hasDecision, delayNanoseconds);
        Protocol.Communication.Communicate(context);
        Protocol.Action.Command(context);
    }

    public void Command(StateStore store, Agent member, ReadOnlySpan<float> continuous, ReadOnlySpan<int> discrete)
    {
        if (!ReferenceEquals(member.CommandedBy, this))
        {
            throw new InvalidOperationException($"The protocol {Protocol} of '{Owner.Id}' commanded '{member.Id}', which is not among those that it may command.");
        }

        if (member.DecisionOffset >= 0)
        {
            ActionLimits.Put(member, Protocol, continuous, discrete, store.CommandedContinuous(member), store.CommandedDiscrete(member));
            store.Decision(member).IsCommanded = 1;
        }
    }
}

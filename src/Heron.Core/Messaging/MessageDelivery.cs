using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Messaging;

/// <summary>Brings due messages to inboxes and handlers.</summary>
internal sealed class MessageDelivery
{
    private readonly Inbox[] _inboxes;
    private readonly Mailbox[] _handled;
    private readonly Inbox[][] _inboxesOf;
    private readonly Mailbox[][] _handledOf;

    public MessageDelivery(AgentTree tree)
    {
        _inboxesOf = [.. tree.Agents.Select(agent => agent.Inboxes.ToArray())];
        _handledOf = [.. tree.Agents.Select(agent => agent.Mailboxes.Where(mailbox => mailbox.HasHandler).ToArray())];
        _inboxes = [.. _inboxesOf.SelectMany(inboxes => inboxes)];
        _handled = [.. _handledOf.SelectMany(mailboxes => mailboxes)];
    }

    /// <summary>Everything that is due now, agents in tree order.</summary>
    /// <exception cref="AggregateException">Handlers threw; every other handler has had its messages all the same.</exception>
    public void Deliver(StateStore store) => Deliver(store, _inboxes, _handled);

    /// <summary>What is due now for one agent.</summary>
    /// <exception cref="AggregateException">As for all.</exception>
    public void DeliverTo(StateStore store, int agent) => Deliver(store, _inboxesOf[agent], _handledOf[agent]);

    /// <summary>Whether anything is due now for one agent.</summary>
    public bool HasDue(StateStore store, int agent)
    {
        foreach (Inbox inbox in _inboxesOf[agent])
        {
            if (inbox.HasDue(store))
            {
                return true;
            }
        }

        foreach (Mailbox mailbox in _handledOf[agent])
        {
            if (mailbox.Ring.CountDue(store, mailbox.Offset, store.Clock.Nanoseconds) > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static void Deliver(StateStore store, Inbox[] inboxes, Mailbox[] handled)
    {
        if (store.MessagesUnderWay > 0)
        {
            foreach (Inbox inbox in inboxes)
            {
                inbox.TakeDue(store);
            }
        }

        List<Exception>? failures = null;
        foreach (Mailbox mailbox in handled)
        {
            try
            {
                mailbox.HandleDue(store);
            }
#pragma warning disable CA1031 // One handler must not keep messages from the others; all that failed is thrown below.
            catch (Exception failure)
#pragma warning restore CA1031
            {
                (failures ??= []).Add(new InvalidOperationException($"The handler of mailbox '{mailbox.Name}' of agent '{mailbox.Owner.Id}' failed: {failure.Message}", failure));
            }
        }

        if (failures is not null)
        {
            throw new AggregateException("Not every message could be handled.", failures);
        }
    }
}

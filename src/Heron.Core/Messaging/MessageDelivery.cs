using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Messaging;

/// <summary>Brings due messages to inboxes and handlers.</summary>
internal sealed class MessageDelivery
{
    private readonly Inbox[] _inboxes;
    private readonly Mailbox[] _handled;

    public MessageDelivery(AgentTree tree)
    {
        _inboxes = [.. tree.Agents.SelectMany(agent => agent.Inboxes)];
        _handled = [.. tree.Agents.SelectMany(agent => agent.Mailboxes).Where(mailbox => mailbox.HasHandler)];
    }

    /// <summary>Everything that is due now, agents in tree order.</summary>
    /// <exception cref="AggregateException">Handlers threw; every other handler has had its messages all the same.</exception>
    public void Deliver(StateStore store)
    {
        if (store.MessagesUnderWay > 0)
        {
            foreach (Inbox inbox in _inboxes)
            {
                inbox.TakeDue(store);
            }
        }

        List<Exception>? failures = null;
        foreach (Mailbox mailbox in _handled)
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

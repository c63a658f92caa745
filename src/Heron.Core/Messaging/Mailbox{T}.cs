using System.Runtime.CompilerServices;
using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Messaging;

/// <summary>The handle to a mailbox; agents pass it to <see cref="AgentContext"/> to send and to receive.</summary>
/// <typeparam name="T">The payload of its messages.</typeparam>
public sealed class Mailbox<T> : Mailbox
    where T : unmanaged
{
    private readonly MessageHandler<T>? _handler;

    internal Mailbox(Agent owner, string name, MessageKind kind, int capacity, OverflowBehavior overflow, MessageHandler<T>? handler)
        : base(owner, name, kind, new MessageRing(capacity, Unsafe.SizeOf<T>(), overflow)) => _handler = handler;

    internal override bool HasHandler => _handler is not null;

    internal void Put(StateStore store, in T payload, Agent sender, long delayNanoseconds)
    {
        long now = store.Clock.Nanoseconds;
        var header = new MessageHeader
        {
            SentNanoseconds = now,
            DueNanoseconds = now + Math.Min(delayNanoseconds, long.MaxValue - now),
            SenderIndex = sender.Index,
        };
        int place = Ring.Insert(store, OffsetIn(store), header);
        if (place >= 0)
        {
            store.At<T>(place) = payload;
            if (delayNanoseconds > 0 || HasHandler)
            {
                store.Events?.ScheduleDelivery(sender.Index, Owner.Index, header.DueNanoseconds);
            }
        }
    }

    internal bool TryTake(StateStore store, out Message<T> message) => TryRead(store, Ring.TakeDue(store, OffsetIn(store), store.Clock.Nanoseconds), out message);

    internal bool TryPeek(StateStore store, out Message<T> message) => TryRead(store, Ring.PeekDue(store, OffsetIn(store), store.Clock.Nanoseconds), out message);

    internal override void HandleDue(StateStore store)
    {
        var context = new AgentContext(store, Owner);
        while (TryTake(store, out Message<T> message))
        {
            _handler!(context, message);
        }
    }

    private bool TryRead(StateStore store, int place, out Message<T> message)
    {
        if (place < 0)
        {
            message = default;
            return false;
        }

        ref MessageHeader header = ref MessageRing.HeaderOf(store, place);
        message = new Message<T>(store.At<T>(place), store.Layout.Tree.Agents[(int)header.SenderIndex], Kind, header.SentNanoseconds, header.DueNanoseconds);
        return true;
    }
}

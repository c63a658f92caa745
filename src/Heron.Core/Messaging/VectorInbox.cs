using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Messaging;

/// <summary>An inbox for messages whose length is settled when the environment is built: setpoints, states of neighbours.</summary>
public sealed class VectorInbox : Inbox
{
    internal VectorInbox(VectorFeature latest)
        : base(latest) => Latest = latest;

    /// <summary>The last message received, one float per field; zeros before the first.</summary>
    public new VectorFeature Latest { get; }

    internal void Put(StateStore store, ReadOnlySpan<float> message, Agent sender, long delayNanoseconds)
    {
        if (message.Length != Latest.Length)
        {
            throw new ArgumentException($"A message to '{Latest.Name}' of agent '{Owner.Id}' has {message.Length} numbers; it takes {Latest.Length}.", nameof(message));
        }

        Put(store, MemoryMarshal.AsBytes(message), sender, delayNanoseconds);
    }
}

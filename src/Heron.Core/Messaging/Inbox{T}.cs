using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Core.Messaging;

/// <summary>An inbox for messages that are a struct.</summary>
/// <typeparam name="T">The message.</typeparam>
public sealed class Inbox<T> : Inbox
    where T : unmanaged
{
    internal Inbox(Feature<T> latest)
        : base(latest) => Latest = latest;

    /// <summary>The last message received; its initial value before the first.</summary>
    public new Feature<T> Latest { get; }

    internal void Put(StateStore store, in T message, Agent sender, long delayNanoseconds) => Put(store, BytesOf(message), sender, delayNanoseconds);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Agents;

namespace Heron.Core.Scheduling;

/// <summary>One agent's answer to one kind of custom event, its payload type hidden.</summary>
internal abstract class EventHandling(CustomEvent handled)
{
    public CustomEvent Event { get; } = handled;

    public abstract int PayloadBytes { get; }

    public abstract void Invoke(in AgentContext context, Agent? sender, ReadOnlySpan<byte> payload);

    public sealed class Of<T>(CustomEvent<T> handled, CustomEventHandler<T> handler) : EventHandling(handled)
        where T : unmanaged
    {
        public override int PayloadBytes => Unsafe.SizeOf<T>();

        public override void Invoke(in AgentContext context, Agent? sender, ReadOnlySpan<byte> payload) =>
            handler(context, sender, MemoryMarshal.AsRef<T>(payload));
    }
}

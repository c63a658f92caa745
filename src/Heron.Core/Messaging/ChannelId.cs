namespace Heron.Core.Messaging;

/// <summary>The name of a way from one agent to another, or to everyone who subscribed. Unique within an environment; copies never share one.</summary>
/// <param name="Kind">What its messages are about.</param>
/// <param name="Sender">Id of the agent that sends.</param>
/// <param name="Name">The channel's own name.</param>
/// <param name="Recipient">Id of the agent that receives; null for everyone who subscribed.</param>
public readonly record struct ChannelId(MessageKind Kind, string Sender, string Name, string? Recipient = null)
{
    /// <summary>For example <c>Action orders: grid -> mg_0</c>, or <c>Broadcast prices: grid -> *</c>.</summary>
    public override string ToString() => $"{Kind} {Name}: {Sender} -> {Recipient ?? "*"}";
}

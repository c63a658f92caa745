namespace Heron.Core.Protocols;

/// <summary>Says nothing.</summary>
public sealed class NoCommunication : CommunicationProtocol
{
    /// <inheritdoc/>
    protected internal override void Communicate(in ProtocolContext context)
    {
    }
}

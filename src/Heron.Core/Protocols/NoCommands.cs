using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>Commands nobody: the members decide for themselves.</summary>
public sealed class NoCommands : ActionProtocol
{
    /// <inheritdoc/>
    protected internal override bool Commands(Agent member) => false;

    /// <inheritdoc/>
    protected internal override void Command(in ProtocolContext context)
    {
    }
}

using Heron.Core.Environments;

namespace Heron.Core.Features;

/// <summary>The state of a system agent.</summary>
/// <param name="ownerId">The agent.</param>
/// <param name="features">In declaration order.</param>
public sealed class SystemAgentState(string ownerId, IReadOnlyList<FeatureState> features) : AgentState(ownerId, features)
{
    /// <inheritdoc/>
    public override AgentLevel Level => AgentLevel.System;
}

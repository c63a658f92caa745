using Heron.Core.Environments;

namespace Heron.Core.Features;

/// <summary>The state of a field agent.</summary>
/// <param name="ownerId">The agent.</param>
/// <param name="features">In declaration order.</param>
public sealed class FieldAgentState(string ownerId, IReadOnlyList<FeatureState> features) : AgentState(ownerId, features)
{
    /// <inheritdoc/>
    public override AgentLevel Level => AgentLevel.Field;
}

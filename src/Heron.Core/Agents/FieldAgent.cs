using Heron.Core.Environments;

namespace Heron.Core.Agents;

/// <summary>Level 1: acts on one device; a leaf of the tree.</summary>
public abstract class FieldAgent : Agent
{
    private const double DefaultTickIntervalSeconds = 1;

    /// <summary>Creates the agent.</summary>
    /// <param name="id">Unique within the environment.</param>
    protected FieldAgent(string id)
        : base(id, AgentLevel.Field, DefaultTickIntervalSeconds)
    {
    }
}

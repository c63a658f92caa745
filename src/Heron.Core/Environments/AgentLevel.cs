namespace Heron.Core.Environments;

/// <summary>The three kinds of agent in a HERON hierarchy.</summary>
public enum AgentLevel
{
    /// <summary>Acts on a device.</summary>
    Field = 1,

    /// <summary>Coordinates field agents or other coordinators.</summary>
    Coordinator = 2,

    /// <summary>The root.</summary>
    System = 3,
}

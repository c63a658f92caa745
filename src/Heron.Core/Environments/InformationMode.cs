namespace Heron.Core.Environments;

/// <summary>How much of the state agents observe by default: a switch for experiments on what information is worth.</summary>
/// <remarks>It changes default observations and their lengths, not an agent that overrides <c>Observe</c>, and not what is hidden from everybody.</remarks>
public enum InformationMode
{
    /// <summary>What the visibility of the features says: distributed control.</summary>
    Visible,

    /// <summary>Every feature that anybody may see: centralized control.</summary>
    Full,

    /// <summary>The agent's own features only.</summary>
    Local,
}

namespace Heron.Core.Policies;

/// <summary>Which part of an agent's observation its policy looks at.</summary>
public enum ObservationMode
{
    /// <summary>All of it: the agent's own features, then what it sees of others.</summary>
    Full,

    /// <summary>The agent's own features.</summary>
    Local,

    /// <summary>What it sees of others.</summary>
    Global,
}

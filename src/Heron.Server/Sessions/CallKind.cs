namespace Heron.Server.Sessions;

/// <summary>What a numbered call of a session does.</summary>
public enum CallKind
{
    /// <summary>Starts episodes.</summary>
    Reset,

    /// <summary>Advances all copies by one step.</summary>
    Step,

    /// <summary>Takes over a saved state.</summary>
    LoadState,
}

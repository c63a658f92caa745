namespace Heron.Server.Sessions;

/// <summary>What a numbered call has to do.</summary>
internal enum CallTurn
{
    /// <summary>Carry out the work, then report with <see cref="CallSequence.End"/>.</summary>
    CarryOut,

    /// <summary>The work is done; give the stored results again.</summary>
    Repeat,

    /// <summary>The same call is running; wait for it and ask again.</summary>
    Join,
}

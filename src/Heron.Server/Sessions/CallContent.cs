namespace Heron.Server.Sessions;

/// <summary>What a numbered call asks for, short enough to be kept: a repeat must ask for the same.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Hash">From <see cref="ContentHash"/>, over all that was asked.</param>
public readonly record struct CallContent(CallKind Kind, ulong Hash);

namespace Heron.Server.Sessions;

/// <summary>The session is not of the kind, or not in the state, that a call needs.</summary>
/// <param name="message">What is wrong and which call helps.</param>
public sealed class SessionStateException(string message) : Exception(message);

namespace Heron.Server.Sessions;

/// <summary>The sequence number of a call is not the one that the session expects.</summary>
/// <param name="message">The number, the expected one and where to learn it.</param>
public sealed class CallNumberException(string message) : Exception(message);

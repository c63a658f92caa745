namespace Heron.Server.Sessions;

/// <summary>Another call of the session is running, or a newer stream has taken its place.</summary>
/// <param name="message">What is in the way.</param>
public sealed class SessionBusyException(string message) : Exception(message);

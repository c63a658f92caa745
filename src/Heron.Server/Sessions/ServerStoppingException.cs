namespace Heron.Server.Sessions;

/// <summary>The server is shutting down.</summary>
/// <param name="message">What the caller may do.</param>
public sealed class ServerStoppingException(string message) : Exception(message);

namespace Heron.Server.Sessions;

/// <summary>There is no such session, or it belongs to somebody else; the caller cannot tell which.</summary>
/// <param name="message">The id and what to do next.</param>
public sealed class SessionNotFoundException(string message) : Exception(message);

namespace Heron.Server.Sessions;

/// <summary>A limit of the server is reached.</summary>
/// <param name="message">The limit and how to stay below it.</param>
public sealed class ServerLimitException(string message) : Exception(message);

namespace Heron.Server.Sessions;

/// <summary>Log messages of sessions, 100 to 199.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(100, LogLevel.Information, "Session {SessionId}: {Copies} x {EnvironmentId} created, {SessionCount} open.")]
    public static partial void Created(ILogger logger, string sessionId, string environmentId, int copies, int sessionCount);

    [LoggerMessage(101, LogLevel.Information, "Session {SessionId}: {EnvironmentId} closed, {SessionCount} open.")]
    public static partial void Closed(ILogger logger, string sessionId, string environmentId, int sessionCount);

    [LoggerMessage(102, LogLevel.Information, "Session {SessionId}: the lease of {EnvironmentId} ended after {LeaseSeconds} s without a sign of the client.")]
    public static partial void LeaseEnded(ILogger logger, string sessionId, string environmentId, double leaseSeconds);
}

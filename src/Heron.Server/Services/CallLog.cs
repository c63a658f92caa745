namespace Heron.Server.Services;

/// <summary>Log messages of calls, 200 to 299.</summary>
internal static partial class CallLog
{
    [LoggerMessage(200, LogLevel.Error, "{Method} failed because of a defect; the client was told trace id {TraceId}.")]
    public static partial void Failed(ILogger logger, string method, string traceId, Exception exception);

    [LoggerMessage(201, LogLevel.Warning, "{Method} was refused, a limit is reached: {Detail}")]
    public static partial void LimitReached(ILogger logger, string method, string detail);

    [LoggerMessage(202, LogLevel.Debug, "{Method} ended because the client left.")]
    public static partial void ClientLeft(ILogger logger, string method);

    [LoggerMessage(203, LogLevel.Debug, "{Method} was refused: {Detail}")]
    public static partial void Refused(ILogger logger, string method, string detail);
}

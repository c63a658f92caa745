namespace Heron.Server.Services;

/// <summary>Log messages of driven episodes and evaluations, 400 to 499.</summary>
internal static partial class DriveLog
{
    [LoggerMessage(400, LogLevel.Information, "Drive of {EnvironmentId} opened.")]
    public static partial void Opened(ILogger logger, string environmentId);

    [LoggerMessage(401, LogLevel.Information, "Drive of {EnvironmentId} ended.")]
    public static partial void Ended(ILogger logger, string environmentId);
}

using System.Net;

namespace Heron.Server.Hosting;

/// <summary>Log messages of the host, 300 to 399.</summary>
internal static partial class HostLog
{
    [LoggerMessage(300, LogLevel.Warning, "{Address} is reachable from other machines and has neither TLS nor tokens: everybody there can use this server.")]
    public static partial void Insecure(ILogger logger, IPEndPoint address);
}

using Grpc.Core;

namespace Heron.Server.Services;

/// <summary>Who makes a call; sessions belong to that owner and nobody else can see them.</summary>
internal static class CallOwner
{
    /// <summary>The name that the server's authentication gave the caller; empty when it has none.</summary>
    public static string Of(ServerCallContext context) => context.GetHttpContext().User.Identity?.Name ?? "";
}

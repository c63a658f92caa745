using System.Reflection;
using Heron.Server.Sessions;

namespace Heron.Server.Services;

/// <summary>Which version of heron.v1 is spoken here.</summary>
internal static class Contract
{
    /// <summary>Version of heron.v1 that this server speaks. Grows when fields are added.</summary>
    public const uint Version = 1;

    /// <summary>Version of this server.</summary>
    public static string ServerVersion { get; } =
        typeof(Contract).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+')[0];

    /// <summary>Refuses a client that was built for another version.</summary>
    /// <param name="clientVersion">What it was built for; 0 skips the check.</param>
    /// <exception cref="SessionStateException">They do not match; the message names both.</exception>
    public static void Check(uint clientVersion)
    {
        if (clientVersion is not (0 or Version))
        {
            throw new SessionStateException(
                $"The client was built for contract version {clientVersion} of heron.v1, this server ({ServerVersion}) speaks {Version}. Update the {(clientVersion > Version ? "server" : "client")}.");
        }
    }
}

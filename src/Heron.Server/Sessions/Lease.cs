using Heron.Server.Hosting;

namespace Heron.Server.Sessions;

/// <summary>How long the server waits for a sign of a client.</summary>
internal static class Lease
{
    /// <summary>The lease that a client asks for.</summary>
    /// <param name="seconds">What it asks for; null for the server's default.</param>
    /// <param name="options">Has the default.</param>
    /// <exception cref="InvalidRequestException">It is out of range.</exception>
    public static TimeSpan From(float? seconds, HeronServerOptions options)
    {
        float lease = seconds ?? options.LeaseSeconds;
        return lease >= HeronServerOptions.MinimumLeaseSeconds && lease <= HeronServerOptions.MaximumLeaseSeconds
            ? TimeSpan.FromSeconds(lease)
            : throw new InvalidRequestException(FormattableString.Invariant(
                $"lease_seconds is {lease}; it takes {HeronServerOptions.MinimumLeaseSeconds} to {HeronServerOptions.MaximumLeaseSeconds} s."));
    }
}

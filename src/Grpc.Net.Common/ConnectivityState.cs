namespace Grpc.Core;

/// <summary>State of a channel's connection.</summary>
public enum ConnectivityState
{
    /// <summary>Not connected and not trying to; a call starts it.</summary>
    Idle,

    /// <summary>Connecting.</summary>
    Connecting,

    /// <summary>Connected.</summary>
    Ready,

    /// <summary>The connection failed; it will be tried again after a while.</summary>
    TransientFailure,

    /// <summary>The channel has ended for good.</summary>
    Shutdown,
}

namespace Grpc.Core;

/// <summary>A connection, or several, to one target.</summary>
public abstract class ChannelBase
{
    /// <summary>Creates a channel.</summary>
    /// <param name="target">What it connects to.</param>
    /// <exception cref="ArgumentNullException"><paramref name="target"/> is null.</exception>
    protected ChannelBase(string target)
    {
        ArgumentNullException.ThrowIfNull(target);
        Target = target;
    }

    /// <summary>What the channel connects to, such as <c>127.0.0.1:50051</c>.</summary>
    public string Target { get; }

    /// <summary>Creates the object that starts calls on this channel.</summary>
    /// <returns>A new invoker.</returns>
    public abstract CallInvoker CreateCallInvoker();

    /// <summary>Ends the channel and its connections.</summary>
    /// <returns>Completes when the channel has ended.</returns>
    public Task ShutdownAsync() => ShutdownAsyncCore();

    /// <summary>Ends the channel; does nothing unless overridden.</summary>
    /// <returns>Completes when the channel has ended.</returns>
    protected virtual Task ShutdownAsyncCore() => Task.CompletedTask;
}

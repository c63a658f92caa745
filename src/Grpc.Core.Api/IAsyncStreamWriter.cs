namespace Grpc.Core;

/// <summary>A stream of messages to write, one at a time.</summary>
/// <typeparam name="T">Message.</typeparam>
public interface IAsyncStreamWriter<in T>
{
    /// <summary>Options for the messages that follow; null keeps those of the call.</summary>
    WriteOptions? WriteOptions { get; set; }

    /// <summary>Writes a message; only one write may be pending.</summary>
    /// <param name="message">Message.</param>
    /// <returns>Completes when the next message may be written.</returns>
    Task WriteAsync(T message);

    /// <summary>Writes a message; only one write may be pending.</summary>
    /// <param name="message">Message.</param>
    /// <param name="cancellationToken">Cancels the call, not just this write.</param>
    /// <returns>Completes when the next message may be written.</returns>
    /// <exception cref="NotSupportedException">The implementation cannot cancel a write and the token can be cancelled.</exception>
    Task WriteAsync(T message, CancellationToken cancellationToken) => cancellationToken.CanBeCanceled
        ? throw new NotSupportedException($"{GetType()} cannot cancel a write; call WriteAsync without a token.")
        : WriteAsync(message);
}

namespace Grpc.Core;

/// <summary>A stream of messages to read, one at a time.</summary>
/// <typeparam name="T">Message.</typeparam>
public interface IAsyncStreamReader<out T>
{
    /// <summary>The message that the last <see cref="MoveNext"/> found; not defined before it or after the end.</summary>
    T Current { get; }

    /// <summary>Reads the next message; only one read may be pending.</summary>
    /// <param name="cancellationToken">Cancels the call, not just this read.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="RpcException">The call failed (on the client).</exception>
    Task<bool> MoveNext(CancellationToken cancellationToken);
}

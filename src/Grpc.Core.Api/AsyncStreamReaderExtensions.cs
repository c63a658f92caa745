using System.Runtime.CompilerServices;

namespace Grpc.Core;

/// <summary>Shorter ways to read a stream.</summary>
public static class AsyncStreamReaderExtensions
{
    /// <summary>Reads the next message without a way to cancel.</summary>
    /// <typeparam name="T">Message.</typeparam>
    /// <param name="streamReader">Stream.</param>
    /// <returns>False at the end of the stream.</returns>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public static Task<bool> MoveNext<T>(this IAsyncStreamReader<T> streamReader)
        where T : class
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return streamReader.MoveNext(CancellationToken.None);
    }

    /// <summary>Reads the messages with <c>await foreach</c>.</summary>
    /// <typeparam name="T">Message.</typeparam>
    /// <param name="streamReader">Stream.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>The messages up to the end of the stream.</returns>
    /// <exception cref="ArgumentNullException">The stream is null.</exception>
    public static IAsyncEnumerable<T> ReadAllAsync<T>(
        this IAsyncStreamReader<T> streamReader,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(streamReader);
        return ReadAllCoreAsync(streamReader, cancellationToken);
    }

    private static async IAsyncEnumerable<T> ReadAllCoreAsync<T>(
        IAsyncStreamReader<T> streamReader,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (await streamReader.MoveNext(cancellationToken).ConfigureAwait(false))
        {
            yield return streamReader.Current;
        }
    }
}

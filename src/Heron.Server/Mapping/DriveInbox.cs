using System.Runtime.ExceptionServices;
using System.Threading.Channels;
using Grpc.Core;
using Heron.Server.Driving;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>
/// The messages of a client on their way to the thread of its drive. They are read ahead, so that a stop is noticed while
/// episodes are computed; what came before the stop is still taken.
/// </summary>
/// <param name="requests">The stream.</param>
/// <param name="lease">How long the thread waits for a message, and for the client to read one.</param>
/// <param name="time">The clock of the lease.</param>
/// <param name="ended">Fires when the client is gone or the server shuts down.</param>
internal sealed class DriveInbox(IAsyncStreamReader<Wire.DriveEpisodesRequest> requests, TimeSpan lease, TimeProvider time, CancellationToken ended) : IDisposable
{
    private const int ReadAhead = 16;

    private readonly Channel<Wire.DriveEpisodesRequest> _messages = Channel.CreateBounded<Wire.DriveEpisodesRequest>(ReadAhead);
    private readonly CancellationTokenSource _stop = CancellationTokenSource.CreateLinkedTokenSource(ended);
    private ExceptionDispatchInfo? _failure;

    /// <summary>Fires when nothing more is to come: the client stopped, half-closed, sent garbage or is gone.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Reads until the client stops or <paramref name="over"/> fires. Never fails: what went wrong is told by <see cref="ThrowIfFailed"/>.</summary>
    public async Task ReadAsync(CancellationToken over)
    {
        try
        {
            while (await requests.MoveNext(over) && requests.Current.RequestCase != Wire.DriveEpisodesRequest.RequestOneofCase.Stop)
            {
                await _messages.Writer.WriteAsync(requests.Current, over);
            }
        }
        catch (Exception exception) when (!over.IsCancellationRequested)
        {
            _failure = ExceptionDispatchInfo.Capture(exception);
        }
        catch (Exception) when (over.IsCancellationRequested)
        {
            // The drive is over: nobody is interested in what the client still says.
        }

        // In this order, so that a thread which wakes up because no message is to come finds the stop set.
        await _stop.CancelAsync();
        _messages.Writer.TryComplete();
    }

    /// <summary>Throws what ended the stream of messages, if it was not the client's wish.</summary>
    public void ThrowIfFailed() => _failure?.Throw();

    /// <summary>Waits for the next message.</summary>
    /// <param name="what">What it is to be, for the message of the exception.</param>
    /// <exception cref="DriveLeaseException">It did not come in time.</exception>
    /// <exception cref="OperationCanceledException">Nothing more is to come.</exception>
    public Wire.DriveEpisodesRequest Take(string what) => _messages.Reader.TryRead(out Wire.DriveEpisodesRequest? message)
        ? message
        : Wait(token => _messages.Reader.ReadAsync(token).AsTask(), what);

    /// <summary>Waits until the client has room for a message.</summary>
    /// <param name="send">Sends it.</param>
    /// <param name="what">What it is, for the message of the exception.</param>
    /// <exception cref="DriveLeaseException">There was no room in time.</exception>
    public void WaitUntilSent(Func<CancellationToken, Task> send, string what) => Wait(
        async token =>
        {
            // To give a write up, the library resets the call, and its status is lost.
            token.ThrowIfCancellationRequested();
            await send(token);
            return true;
        },
        what);

    public void Dispose() => _stop.Dispose();

    private T Wait<T>(Func<CancellationToken, Task<T>> work, string what)
    {
        using var timeout = new CancellationTokenSource(lease, time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ended, timeout.Token);
        try
        {
            return work(end.Token).GetAwaiter().GetResult();
        }
        catch (ChannelClosedException)
        {
            throw new OperationCanceledException("The client stopped.", Stop);
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested && !ended.IsCancellationRequested)
        {
            throw new DriveLeaseException(FormattableString.Invariant(
                $"The client did not take part within {lease.TotalSeconds} s (lease_seconds): {what} was waited for. Open a new drive, with a longer lease if it thinks that long."));
        }
    }
}

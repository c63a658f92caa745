using Heron.Server.Sessions;

namespace Heron.Server.Hosting;

/// <summary>
/// Ends open streams before the server closes its connections. Closing first, or right after the status was written,
/// makes some clients report a broken connection instead of the status that tells why.
/// </summary>
/// <param name="store">Sessions with streams.</param>
internal sealed class StreamDrain(SessionStore store) : IHostedLifecycleService, IDisposable
{
    private static readonly TimeSpan TimeToEnd = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan TimeToReadTheStatus = TimeSpan.FromMilliseconds(150);

    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _empty = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _open;

    /// <summary>Fires when streams shall end.</summary>
    public CancellationToken Stopping => _stopping.Token;

    /// <summary>Carries out a stream that the server may have to end.</summary>
    /// <param name="work">The stream; its token fires when it shall end.</param>
    /// <param name="farewell">What its client is told when the server stops.</param>
    /// <param name="callEnds">Ends it, too.</param>
    /// <exception cref="ServerStoppingException">The server stopped in the meantime.</exception>
    public async Task RunAsync(Func<CancellationToken, Task> work, string farewell, CancellationToken callEnds)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(callEnds, Stopping);
        try
        {
            await work(end.Token);
        }
        catch (OperationCanceledException) when (Stopping.IsCancellationRequested)
        {
            throw new ServerStoppingException(farewell);
        }
    }

    /// <summary>A stream has begun.</summary>
    public void Enter() => Interlocked.Increment(ref _open);

    /// <summary>A stream has ended.</summary>
    public void Leave()
    {
        if (Interlocked.Decrement(ref _open) == 0 && Stopping.IsCancellationRequested)
        {
            _empty.TrySetResult();
        }
    }

    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        bool anyOpen = Volatile.Read(ref _open) > 0;
        await _stopping.CancelAsync();
        store.EndStreams();
        if (anyOpen)
        {
            await _empty.Task.WaitAsync(TimeToEnd, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await Task.Delay(TimeToReadTheStatus, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => _stopping.Dispose();
}

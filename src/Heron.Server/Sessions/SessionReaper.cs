namespace Heron.Server.Sessions;

/// <summary>Looks every second for sessions whose lease has run out, so that a client that died frees its memory.</summary>
/// <param name="store">All sessions.</param>
/// <param name="time">The clock of the leases.</param>
internal sealed class SessionReaper(SessionStore store, TimeProvider time) : BackgroundService
{
    /// <summary>Time between two looks.</summary>
    public static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                store.CloseExpired();
            }
        }
        catch (OperationCanceledException)
        {
            // The server stops, or never came to start; the host would log anything else that comes out of here as a failure.
        }
    }
}

namespace Heron.Server.Sessions;

/// <summary>An open stream on a session. While it lives the session's lease does not run out.</summary>
public sealed class SessionStream : IDisposable
{
    private readonly Session _session;
    private readonly CancellationTokenSource _end;
    private Exception? _reason;

    internal SessionStream(Session session, CancellationToken callEnds)
    {
        _session = session;
        _end = CancellationTokenSource.CreateLinkedTokenSource(callEnds);
        Ended = _end.Token;
    }

    /// <summary>Fires when the client is gone or the stream was ended from outside: by a newer stream, by the end of the session or of the server.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Throws what ended the stream, if it has been ended.</summary>
    /// <exception cref="SessionBusyException">A newer stream took its place.</exception>
    /// <exception cref="SessionNotFoundException">The session was closed.</exception>
    /// <exception cref="ServerStoppingException">The server is shutting down.</exception>
    /// <exception cref="OperationCanceledException">The client is gone.</exception>
    public void ThrowIfEnded()
    {
        if (_reason is { } reason)
        {
            throw reason;
        }

        Ended.ThrowIfCancellationRequested();
    }

    /// <summary>Tells the session that the stream is over.</summary>
    public void Dispose()
    {
        _session.Leave(this);
        _end.Dispose();
    }

    internal void End(Exception reason)
    {
        _reason ??= reason;

        // Asynchronously: what waits for the stream must not run inside the lock of whoever ends it.
        _ = _end.CancelAsync();
    }
}

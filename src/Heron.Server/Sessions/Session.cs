using Heron.Core.Environments;

namespace Heron.Server.Sessions;

/// <summary>Copies of an environment that one client owns. Safe for concurrent calls: one numbered call runs at a time.</summary>
/// <remarks>
/// Work runs outside the lock, so that others can join it, be refused or look at the session meanwhile. Replies are made
/// inside the lock, because they read the environment's buffers, which the next call overwrites.
/// </remarks>
#pragma warning disable CA1001 // The stream is disposed by the call that it belongs to, the environment when the session is closed.
public sealed class Session
#pragma warning restore CA1001
{
    private readonly VectorEnvironment _environment;
    private readonly TimeProvider _time;
    private readonly Action<Session> _onClosed;
    private readonly CallSequence _sequence;
    private readonly Lock _lock = new();
    private readonly long _created;
    private long _lastSign;
    private SessionStream? _stream;
    private SessionNotFoundException? _closed;
    private uint _steps;
    private uint _streamMessages;

    /// <param name="id">Unguessable.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="environment">Disposed with the session.</param>
    /// <param name="lease">Time without a sign of the client after which it expires.</param>
    /// <param name="time">The clock of the lease.</param>
    /// <param name="onClosed">Called once, inside the session's lock: must not call the session.</param>
    /// <param name="firstSequence">The number of the first call.</param>
    internal Session(
        string id, string owner, VectorEnvironment environment, TimeSpan lease, TimeProvider time, Action<Session> onClosed, uint firstSequence = 1)
    {
        Id = id;
        Owner = owner;
        Lease = lease;
        _environment = environment;
        _time = time;
        _onClosed = onClosed;
        _created = _lastSign = time.GetTimestamp();
        _sequence = new CallSequence(firstSequence);
    }

    /// <summary>Unguessable.</summary>
    public string Id { get; }

    /// <summary>Whose it is; nobody else can see or end it.</summary>
    public string Owner { get; }

    /// <summary>Time without any sign of the client after which it is closed.</summary>
    public TimeSpan Lease { get; }

    /// <summary>What is fixed about the environment.</summary>
    public EnvironmentSpec Spec => _environment.Spec;

    /// <summary>Copies of the environment.</summary>
    public int Copies => _environment.Count;

    /// <summary>What happens to a copy whose episode is over.</summary>
    public AutoresetMode AutoresetMode => _environment.AutoresetMode;

    /// <summary>Enough of the id to follow a session in the log; who reads the log must not be able to use the session.</summary>
    internal string LogId => Id[..Math.Min(8, Id.Length)];

    /// <summary>Carries a numbered call out, joins it when it is running, or gives its reply again.</summary>
    /// <typeparam name="TReply">The reply.</typeparam>
    /// <param name="call">What to do.</param>
    /// <param name="sequence">Its number; null takes the next.</param>
    /// <param name="stream">The stream it came on, or null.</param>
    /// <exception cref="CallNumberException">The number is neither the next nor a repeat.</exception>
    /// <exception cref="SessionBusyException">A different call is running, or a newer stream took this one's place.</exception>
    /// <exception cref="SessionNotFoundException">The session is closed.</exception>
    public ValueTask<TReply> RunAsync<TReply>(SessionCall<TReply> call, uint? sequence, SessionStream? stream = null)
    {
        Task running;
        lock (_lock)
        {
            Enter(stream);
            switch (_sequence.Begin(sequence, call.Content))
            {
                case CallTurn.Repeat:
                    return ValueTask.FromResult(call.Reply(_environment, _sequence.Last));
                case CallTurn.Join:
                    running = _sequence.RunningEnds;
                    break;
                default:
                    running = Task.CompletedTask;
                    break;
            }
        }

        return running.IsCompleted ? ValueTask.FromResult(CarryOut(call)) : JoinAsync(running, call, sequence, stream);
    }

    /// <summary>Reads more of a reply that is sent in pieces.</summary>
    /// <typeparam name="T">What is read.</typeparam>
    /// <param name="sequence">The number of the call whose results are read.</param>
    /// <param name="stream">The stream that they are sent on.</param>
    /// <param name="read">Reads a piece; must not wait.</param>
    /// <param name="piece">Its argument.</param>
    /// <exception cref="SessionBusyException">The results have been overtaken by a newer call, or the stream by a newer one.</exception>
    public T ReadOn<T>(uint sequence, SessionStream stream, Func<int, T> read, int piece)
    {
        lock (_lock)
        {
            Enter(stream);
            return !_sequence.IsRunning && _sequence.Last == sequence
                ? read(piece)
                : throw new SessionBusyException($"A newer call came before the results of sequence {sequence} were sent in full.");
        }
    }

    /// <summary>Looks at the environment between two calls.</summary>
    /// <typeparam name="T">What is found.</typeparam>
    /// <param name="look">Must not change anything.</param>
    /// <exception cref="SessionBusyException">A call is running.</exception>
    /// <exception cref="SessionNotFoundException">The session is closed.</exception>
    public T Inspect<T>(Func<VectorEnvironment, T> look)
    {
        lock (_lock)
        {
            Enter(stream: null);
            if (_sequence.IsRunning)
            {
                throw new SessionBusyException("Another call of this session is running. Wait for its reply.");
            }

            try
            {
                return look(_environment);
            }
            catch (Exception exception) when (IsDefect(exception))
            {
                CloseInLock(AfterDefect());
                throw;
            }
        }
    }

    /// <summary>Opens a stream; an older one ends.</summary>
    /// <param name="callEnds">Fires when the client is gone.</param>
    /// <exception cref="SessionNotFoundException">The session is closed.</exception>
    public SessionStream OpenStream(CancellationToken callEnds)
    {
        lock (_lock)
        {
            Enter(stream: null);
            _stream?.End(new SessionBusyException("A newer stream on the same session took the place of this one."));
            return _stream = new SessionStream(this, callEnds);
        }
    }

    /// <summary>Waits for a running call to end.</summary>
    /// <param name="stream">The stream on whose behalf it waits.</param>
    /// <returns>The number of the next call.</returns>
    /// <exception cref="SessionNotFoundException">The session is closed.</exception>
    public async ValueTask<uint> WaitForNextAsync(SessionStream stream)
    {
        while (true)
        {
            Task running;
            lock (_lock)
            {
                Enter(stream);
                if (!_sequence.IsRunning)
                {
                    return _sequence.Next;
                }

                running = _sequence.RunningEnds;
            }

            await running.WaitAsync(stream.Ended);
        }
    }

    /// <summary>Counts a message that came on a stream.</summary>
    public void CountStreamMessage() => Interlocked.Increment(ref _streamMessages);

    /// <summary>Starts the lease anew.</summary>
    /// <returns>The number of the next call.</returns>
    /// <exception cref="SessionNotFoundException">The session is closed.</exception>
    public uint Renew()
    {
        lock (_lock)
        {
            Enter(stream: null);
            return _sequence.Next;
        }
    }

    /// <summary>What is known about it now.</summary>
    public SessionSnapshot Describe()
    {
        lock (_lock)
        {
            TimeSpan idle = _stream is null ? _time.GetElapsedTime(_lastSign) : TimeSpan.Zero;
            return new SessionSnapshot(
                Id, Spec.Id, Copies, _time.GetElapsedTime(_created), Lease - idle, _sequence.Next, _steps, _streamMessages, _stream is not null);
        }
    }

    /// <summary>Ends the session; its memory is free when the running call has ended.</summary>
    /// <returns>False when it had ended before.</returns>
    public bool Close()
    {
        lock (_lock)
        {
            return CloseInLock(new SessionNotFoundException($"Session '{Id}' was closed. Call CreateSession for a new one."));
        }
    }

    /// <summary>Ends the session if its lease has run out.</summary>
    /// <returns>Whether it ended now.</returns>
    internal bool CloseIfExpired()
    {
        lock (_lock)
        {
            bool expired = _stream is null && !_sequence.IsRunning && _time.GetElapsedTime(_lastSign) > Lease;
            return expired && CloseInLock(new SessionNotFoundException($"The lease of session '{Id}' has run out. Call CreateSession for a new one."));
        }
    }

    /// <summary>Ends the open stream, if there is one.</summary>
    internal void EndStream(Exception reason)
    {
        lock (_lock)
        {
            _stream?.End(reason);
        }
    }

    /// <summary>Takes back a stream that is over.</summary>
    internal void Leave(SessionStream stream)
    {
        lock (_lock)
        {
            if (_stream == stream)
            {
                _stream = null;
                _lastSign = _time.GetTimestamp();
            }
        }
    }

    private void Enter(SessionStream? stream)
    {
        if (_closed is not null)
        {
            throw _closed;
        }

        stream?.ThrowIfEnded();
        _lastSign = _time.GetTimestamp();
    }

    private async ValueTask<TReply> JoinAsync<TReply>(Task running, SessionCall<TReply> call, uint? sequence, SessionStream? stream)
    {
        await running.WaitAsync(stream?.Ended ?? CancellationToken.None);
        return await RunAsync(call, sequence, stream);
    }

    private TReply CarryOut<TReply>(SessionCall<TReply> call)
    {
        try
        {
            call.CarryOut(_environment);
        }
        catch (Exception exception)
        {
            EndFailed(IsDefect(exception));
            throw;
        }

        lock (_lock)
        {
            _sequence.End(carriedOut: true);
            _lastSign = _time.GetTimestamp();
            _steps += call.Content.Kind == CallKind.Step ? 1u : 0u;
            DisposeIfClosed();
            return call.Reply(_environment, _sequence.Last);
        }
    }

    private void EndFailed(bool defect)
    {
        lock (_lock)
        {
            _sequence.End(carriedOut: false);
            if (defect)
            {
                CloseInLock(AfterDefect());
            }

            DisposeIfClosed();
        }
    }

    private bool CloseInLock(SessionNotFoundException reason)
    {
        if (_closed is not null)
        {
            return false;
        }

        _closed = reason;
        _stream?.End(reason);
        DisposeIfClosed();
        _onClosed(this);
        return true;
    }

    // The threads of a running call may not be taken away; whoever ends that call comes here again.
    private void DisposeIfClosed()
    {
        if (_closed is not null && !_sequence.IsRunning)
        {
            _environment.Dispose();
        }
    }

    private SessionNotFoundException AfterDefect() =>
        new($"Session '{Id}' was closed after a defect of the server. Call CreateSession for a new one.");

    private static bool IsDefect(Exception exception) =>
        exception is not (InvalidRequestException or EpisodeStateException or SessionStateException);
}

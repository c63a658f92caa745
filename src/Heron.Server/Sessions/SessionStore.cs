using System.Collections.Concurrent;
using System.Security.Cryptography;
using Heron.Core.Environments;
using Heron.Server.Hosting;
using Microsoft.Extensions.Options;

namespace Heron.Server.Sessions;

/// <summary>All sessions of the server, by id.</summary>
public sealed class SessionStore : IDisposable
{
    private readonly EnvironmentRegistry _registry;
    private readonly HeronServerOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SessionStore> _logger;
    private readonly ConcurrentDictionary<string, Session> _byId = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string Owner, string RequestId), RequestedSession> _byRequest = new();
    private readonly Lock _budgetLock = new();
    private int _sessions;
    private long _copies;
    private long _bytes;
    private volatile ServerStoppingException? _stopping;

    /// <summary>Makes an empty store.</summary>
    /// <param name="registry">The catalogue.</param>
    /// <param name="options">Limits.</param>
    /// <param name="time">The clock of the leases.</param>
    /// <param name="logger">Hears of life and death.</param>
    public SessionStore(EnvironmentRegistry registry, IOptions<HeronServerOptions> options, TimeProvider time, ILogger<SessionStore> logger)
    {
        _registry = registry;
        _options = options.Value;
        _time = time;
        _logger = logger;
    }

    /// <summary>Sessions that are open.</summary>
    public int Count => _byId.Count;

    /// <summary>Makes a session, or finds the one that the first try of the same request made.</summary>
    /// <param name="owner">Whose it becomes.</param>
    /// <param name="request">What is wanted.</param>
    /// <exception cref="EnvironmentNotFoundException">No such environment.</exception>
    /// <exception cref="InvalidRequestException">A parameter, an agent or the lease is wrong, or the request id was used for something else.</exception>
    /// <exception cref="ServerLimitException">The server is full.</exception>
    public Session Create(string owner, SessionRequest request)
    {
        CloseExpired();
        if (request.RequestId.Length == 0)
        {
            return Make(owner, request);
        }

        (string, string) key = (owner, request.RequestId);
        ulong hash = request.ContentHash();
        RequestedSession requested = _byRequest.GetOrAdd(key, _ => new RequestedSession(hash, new Lazy<Session>(() => Make(owner, request))));
        if (requested.ContentHash != hash)
        {
            throw new InvalidRequestException($"request_id '{request.RequestId}' was used for a different session; take a new one.");
        }

        try
        {
            Session session = requested.Session.Value;

            if (_byId.ContainsKey(session.Id))
            {
                return session;
            }
        }
        catch
        {
            _byRequest.TryRemove(new(key, requested));
            throw;
        }

        // It ended before it could be found under its request id, so nobody has removed it from there.
        _byRequest.TryRemove(new(key, requested));
        return Create(owner, request);
    }

    /// <summary>Finds a session.</summary>
    /// <param name="owner">Who asks.</param>
    /// <param name="id">The session's id.</param>
    /// <exception cref="SessionNotFoundException">There is none, or it belongs to somebody else.</exception>
    public Session Get(string owner, string id) =>
        TryFind(owner, id) ?? throw new SessionNotFoundException(id.Length == 0
            ? "session_id is empty; pass the one that CreateSession returned."
            : $"There is no session '{id}'; it was closed, its lease ran out, or the server was restarted. Call CreateSession for a new one.");

    /// <summary>Ends a session.</summary>
    /// <param name="owner">Who asks.</param>
    /// <param name="id">The session's id.</param>
    /// <returns>False when the caller has no such session any more.</returns>
    public bool Close(string owner, string id) => TryFind(owner, id)?.Close() ?? false;

    /// <summary>The sessions of one owner, oldest first.</summary>
    /// <param name="owner">Who asks.</param>
    public IReadOnlyList<SessionSnapshot> List(string owner)
    {
        CloseExpired();
        return [.. _byId.Values.Where(session => session.Owner == owner).Select(session => session.Describe()).OrderByDescending(snapshot => snapshot.Age)];
    }

    /// <summary>Opens a stream on a session.</summary>
    /// <param name="session">The session.</param>
    /// <param name="callEnds">Fires when the client is gone.</param>
    /// <exception cref="ServerStoppingException">The server is shutting down.</exception>
    public SessionStream OpenStream(Session session, CancellationToken callEnds)
    {
        SessionStream stream = session.OpenStream(callEnds);
        if (_stopping is { } stopping)
        {
            // Stop may have passed this session before the stream was there.
            stream.Dispose();
            throw stopping;
        }

        return stream;
    }

    /// <summary>Ends every session whose lease has run out.</summary>
    public void CloseExpired()
    {
        foreach (Session session in _byId.Values)
        {
            if (session.CloseIfExpired())
            {
                SessionLog.LeaseEnded(_logger, session.LogId, session.Spec.Id, session.Lease.TotalSeconds);
            }
        }
    }

    /// <summary>Ends all streams, because the server is shutting down.</summary>
    public void EndStreams()
    {
        _stopping = new ServerStoppingException("The server is shutting down; its sessions end with it. Connect to another server or try again later.");
        foreach (Session session in _byId.Values)
        {
            session.EndStream(_stopping);
        }
    }

    /// <summary>Ends all sessions.</summary>
    public void Dispose()
    {
        foreach (Session session in _byId.Values)
        {
            session.Close();
        }
    }

    private Session? TryFind(string owner, string id) =>
        _byId.TryGetValue(id, out Session? session) && session.Owner == owner && !session.CloseIfExpired() ? session : null;

    private Session Make(string owner, SessionRequest request)
    {
        TimeSpan lease = Lease.From(request.LeaseSeconds, _options);
        EnvironmentDefinition definition = _registry.Get(request.EnvironmentId);
        EnvironmentFactory factory = InvalidRequestException.Unless(() => SessionEnvironment.Configure(definition, request));
        long bytes = Reserve(factory.Spec, request);
        try
        {
            var environment = new VectorEnvironment(factory, (int)request.Copies, request.AutoresetMode);
            void OnClosed(Session session) => Forget(session, request.RequestId, bytes);
            var session = new Session(RandomNumberGenerator.GetHexString(32, lowercase: true), owner, environment, lease, _time, OnClosed);
            _byId[session.Id] = session;
            SessionLog.Created(_logger, session.LogId, definition.Id, session.Copies, _byId.Count);
            return session;
        }
        catch
        {
            Release(request.Copies, bytes);
            throw;
        }
    }

    private long Reserve(EnvironmentSpec spec, SessionRequest request)
    {
        long bytes = SessionEnvironment.BlockBytesPerCopy(spec, request.AutoresetMode) * request.Copies;
        long limit = _options.MaxBlockMegabytes * 1024L * 1024L;
        lock (_budgetLock)
        {
            string? full =
                _sessions >= _options.MaxSessions ? $"The server holds {_sessions} sessions, which is its limit (--max-sessions)."
                : _copies + request.Copies > _options.MaxCopies ? $"{request.Copies} more copies of {spec.Id} exceed the server's limit of {_options.MaxCopies} in all sessions (--max-copies); {_copies} are in use."
                : _bytes + bytes > limit ? $"{request.Copies} copies of {spec.Id} take {bytes >> 20} MiB of buffers, and the server's limit for all sessions is {_options.MaxBlockMegabytes} MiB; {_bytes >> 20} MiB are in use."
                : null;
            if (full is not null)
            {
                throw new ServerLimitException($"{full} Close sessions, ask for fewer copies, or use another server.");
            }

            _sessions++;
            _copies += request.Copies;
            _bytes += bytes;
            return bytes;
        }
    }

    private void Release(long copies, long bytes)
    {
        lock (_budgetLock)
        {
            _sessions--;
            _copies -= copies;
            _bytes -= bytes;
        }
    }

    private void Forget(Session session, string requestId, long bytes)
    {
        if (requestId.Length > 0)
        {
            _byRequest.TryRemove((session.Owner, requestId), out _);
        }

        _byId.TryRemove(session.Id, out _);
        Release(session.Copies, bytes);
        SessionLog.Closed(_logger, session.LogId, session.Spec.Id, _byId.Count);
    }

    private sealed record RequestedSession(ulong ContentHash, Lazy<Session> Session);
}

namespace Grpc.Core;

/// <summary>A call as its handler on the server sees it.</summary>
public abstract class ServerCallContext
{
    private Dictionary<object, object>? _userState;

    /// <summary>Creates a context; servers and test doubles derive from this class.</summary>
    protected ServerCallContext()
    {
    }

    /// <summary>Path of the method, such as <c>/heron.v1.MultiAgentEnv/Step</c>.</summary>
    public string Method => MethodCore;

    /// <summary>Authority that the client called.</summary>
    public string Host => HostCore;

    /// <summary>Address of the client, such as <c>ipv4:127.0.0.1:50123</c>.</summary>
    public string Peer => PeerCore;

    /// <summary>Moment (UTC) at which the call must be over; <see cref="DateTime.MaxValue"/> when there is none.</summary>
    public DateTime Deadline => DeadlineCore;

    /// <summary>Headers that the client sent.</summary>
    public Metadata RequestHeaders => RequestHeadersCore;

    /// <summary>Cancelled when the client cancels or leaves, or when the deadline passes.</summary>
    public CancellationToken CancellationToken => CancellationTokenCore;

    /// <summary>Trailers to send at the end; the handler adds to them.</summary>
    public Metadata ResponseTrailers => ResponseTrailersCore;

    /// <summary>Status to send at the end; OK unless the handler sets another.</summary>
    public Status Status
    {
        get => StatusCore;
        set => StatusCore = value;
    }

    /// <summary>How responses are written; null: the default.</summary>
    public WriteOptions? WriteOptions
    {
        get => WriteOptionsCore;
        set => WriteOptionsCore = value;
    }

    /// <summary>Identity of the client.</summary>
    public AuthContext AuthContext => AuthContextCore;

    /// <summary>Values that interceptors and the handler of this call share.</summary>
    public IDictionary<object, object> UserState => UserStateCore;

    /// <summary>The method, for implementations.</summary>
    protected abstract string MethodCore { get; }

    /// <summary>The authority, for implementations.</summary>
    protected abstract string HostCore { get; }

    /// <summary>The client's address, for implementations.</summary>
    protected abstract string PeerCore { get; }

    /// <summary>The deadline, for implementations.</summary>
    protected abstract DateTime DeadlineCore { get; }

    /// <summary>The request headers, for implementations.</summary>
    protected abstract Metadata RequestHeadersCore { get; }

    /// <summary>The cancellation token, for implementations.</summary>
    protected abstract CancellationToken CancellationTokenCore { get; }

    /// <summary>The trailers, for implementations.</summary>
    protected abstract Metadata ResponseTrailersCore { get; }

    /// <summary>The status, for implementations.</summary>
    protected abstract Status StatusCore { get; set; }

    /// <summary>The write options, for implementations.</summary>
    protected abstract WriteOptions? WriteOptionsCore { get; set; }

    /// <summary>The identity, for implementations.</summary>
    protected abstract AuthContext AuthContextCore { get; }

    /// <summary>The shared values, for implementations; a dictionary made on first use unless overridden.</summary>
    protected virtual IDictionary<object, object> UserStateCore => _userState ??= [];

    /// <summary>Sends the response headers now instead of with the first response; at most once per call.</summary>
    /// <param name="responseHeaders">Headers.</param>
    /// <returns>Completes when they were sent.</returns>
    /// <exception cref="InvalidOperationException">The headers were sent already.</exception>
    public Task WriteResponseHeadersAsync(Metadata responseHeaders) => WriteResponseHeadersAsyncCore(responseHeaders);

    /// <summary>Creates a token that lets a call made by the handler inherit from this one.</summary>
    /// <param name="options">What is inherited; null: everything.</param>
    /// <returns>The token.</returns>
    public ContextPropagationToken CreatePropagationToken(ContextPropagationOptions? options = null) =>
        CreatePropagationTokenCore(options);

    /// <summary>Sends the response headers, for implementations.</summary>
    /// <param name="responseHeaders">Headers.</param>
    /// <returns>Completes when they were sent.</returns>
    protected abstract Task WriteResponseHeadersAsyncCore(Metadata responseHeaders);

    /// <summary>Creates a propagation token, for implementations.</summary>
    /// <param name="options">What is inherited; null: everything.</param>
    /// <returns>The token.</returns>
    protected abstract ContextPropagationToken CreatePropagationTokenCore(ContextPropagationOptions? options);
}

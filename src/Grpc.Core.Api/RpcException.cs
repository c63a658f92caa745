namespace Grpc.Core;

/// <summary>A call that ended with a status other than OK: thrown by clients, and by servers to choose the status they send.</summary>
public class RpcException : Exception
{
    /// <summary>Creates an exception whose message is the status as text.</summary>
    /// <param name="status">Outcome of the call.</param>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Creates an exception with its own message.</summary>
    /// <param name="status">Outcome of the call.</param>
    /// <param name="message">Message of the exception; the peer sees <see cref="Status.Detail"/>, not this.</param>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Creates an exception with trailers.</summary>
    /// <param name="status">Outcome of the call.</param>
    /// <param name="trailers">Metadata that ends the call.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Creates an exception with trailers and its own message.</summary>
    /// <param name="status">Outcome of the call.</param>
    /// <param name="trailers">Metadata that ends the call.</param>
    /// <param name="message">Message of the exception; the peer sees <see cref="Status.Detail"/>, not this.</param>
    /// <exception cref="ArgumentNullException"><paramref name="trailers"/> is null.</exception>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>Outcome of the call.</summary>
    public Status Status { get; }

    /// <summary>Code of <see cref="Status"/>, for exception filters.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>Metadata that ended the call; empty when there was none.</summary>
    public Metadata Trailers { get; }
}

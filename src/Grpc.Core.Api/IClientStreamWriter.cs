namespace Grpc.Core;

/// <summary>The requests that a client streams.</summary>
/// <typeparam name="T">Request message.</typeparam>
public interface IClientStreamWriter<in T> : IAsyncStreamWriter<T>
{
    /// <summary>Ends the requests; the server's reader then ends too.</summary>
    /// <returns>Completes when the end was sent.</returns>
    Task CompleteAsync();
}

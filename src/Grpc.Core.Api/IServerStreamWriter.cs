namespace Grpc.Core;

/// <summary>The responses that a server streams; they end when the handler returns.</summary>
/// <typeparam name="T">Response message.</typeparam>
public interface IServerStreamWriter<in T> : IAsyncStreamWriter<T>
{
}

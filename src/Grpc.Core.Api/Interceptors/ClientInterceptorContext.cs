namespace Grpc.Core.Interceptors;

/// <summary>The call that an interceptor sees on the client.</summary>
/// <typeparam name="TRequest">Request message.</typeparam>
/// <typeparam name="TResponse">Response message.</typeparam>
public struct ClientInterceptorContext<TRequest, TResponse>
    where TRequest : class
    where TResponse : class
{
    /// <summary>Creates a context; an interceptor passes a changed one on to change the call.</summary>
    /// <param name="method">Method.</param>
    /// <param name="host">Authority to send; null: that of the channel.</param>
    /// <param name="options">Settings of the call.</param>
    public ClientInterceptorContext(Method<TRequest, TResponse> method, string? host, CallOptions options)
    {
        Method = method;
        Host = host;
        Options = options;
    }

    /// <summary>Method.</summary>
    public Method<TRequest, TResponse> Method { get; }

    /// <summary>Authority to send; null: that of the channel.</summary>
    public string? Host { get; }

    /// <summary>Settings of the call.</summary>
    public CallOptions Options { get; }
}

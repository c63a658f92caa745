namespace Grpc.Core;

/// <summary>Receives the methods of a service while it is bound; implemented by servers.</summary>
public class ServiceBinderBase
{
    /// <summary>Adds a unary method.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">Description.</param>
    /// <param name="handler">Handler; null when generated code only describes the service.</param>
    /// <exception cref="NotImplementedException">The binder takes no unary methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        UnaryServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Adds a method with a stream of requests.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">Description.</param>
    /// <param name="handler">Handler; null when generated code only describes the service.</param>
    /// <exception cref="NotImplementedException">The binder takes no such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ClientStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Adds a method with a stream of responses.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">Description.</param>
    /// <param name="handler">Handler; null when generated code only describes the service.</param>
    /// <exception cref="NotImplementedException">The binder takes no such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        ServerStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    /// <summary>Adds a method with a stream each way.</summary>
    /// <typeparam name="TRequest">Request message.</typeparam>
    /// <typeparam name="TResponse">Response message.</typeparam>
    /// <param name="method">Description.</param>
    /// <param name="handler">Handler; null when generated code only describes the service.</param>
    /// <exception cref="NotImplementedException">The binder takes no such methods.</exception>
    public virtual void AddMethod<TRequest, TResponse>(
        Method<TRequest, TResponse> method,
        DuplexStreamingServerMethod<TRequest, TResponse>? handler)
        where TRequest : class
        where TResponse : class => throw NotTaken(method);

    private NotImplementedException NotTaken(IMethod method) =>
        new($"{GetType()} does not take {method.Type} methods, and {method.FullName} is one.");
}

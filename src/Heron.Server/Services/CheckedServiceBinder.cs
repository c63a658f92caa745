using Google.Protobuf;
using Grpc.Core;

namespace Heron.Server.Services;

/// <summary>Binds services so that bytes that are no message are answered as the caller's mistake; otherwise they would count as a failure of the service.</summary>
internal sealed class CheckedServiceBinder(ServiceBinderBase binder) : ServiceBinderBase
{
    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) =>
        binder.AddMethod(Checked(method), handler);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) =>
        binder.AddMethod(Checked(method), handler);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) =>
        binder.AddMethod(Checked(method), handler);

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) =>
        binder.AddMethod(Checked(method), handler);

    private static Method<TRequest, TResponse> Checked<TRequest, TResponse>(Method<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class
    {
        Marshaller<TRequest> request = method.RequestMarshaller;
        TRequest Deserialize(DeserializationContext context)
        {
            try
            {
                return request.ContextualDeserializer(context);
            }
            catch (InvalidProtocolBufferException exception)
            {
                throw new RpcException(new Status(
                    StatusCode.InvalidArgument, $"The message is no {typeof(TRequest).Name} of {method.ServiceName}/{method.Name}: {exception.Message}"));
            }
        }

        return new(method.Type, method.ServiceName, method.Name, new Marshaller<TRequest>(request.ContextualSerializer, Deserialize), method.ResponseMarshaller);
    }
}

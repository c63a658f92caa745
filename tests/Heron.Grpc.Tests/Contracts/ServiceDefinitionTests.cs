using Grpc.Core;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Contracts;

public class ServiceDefinitionTests
{
    private static readonly Method<string, string> Method = new(
        MethodType.Unary, "a.Service", "Do", Marshallers.StringMarshaller, Marshallers.StringMarshaller);

    [Fact]
    public void BindService_OfAGeneratedService_HandsOverEveryMethodWithItsHandler()
    {
        var binder = new RecordingBinder();

        Echo.BindService(new Unwritten()).BindService(binder);

        Assert.Equal(
            ["Unary:Unary", "Collect:ClientStreaming", "Expand:ServerStreaming", "Chat:DuplexStreaming",
             "Unwritten:Unary", "Await:Unary", "GetCounts:Unary"],
            binder.Added);
    }

    [Fact]
    public void AddMethod_Twice_ThrowsAndNamesIt()
    {
        var builder = ServerServiceDefinition.CreateBuilder().AddMethod(Method, (text, _) => Task.FromResult(text));

        var error = Assert.Throws<ArgumentException>(() => builder.AddMethod(Method, (text, _) => Task.FromResult(text)));

        Assert.Contains("/a.Service/Do", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddMethod_OnTheBaseBinder_IsNotImplemented()
    {
        var binder = new ServiceBinderBase();

        Assert.Throws<NotImplementedException>(() => binder.AddMethod(Method, (UnaryServerMethod<string, string>?)null));
    }

    private sealed class Unwritten : Echo.EchoBase
    {
    }

    private sealed class RecordingBinder : ServiceBinderBase
    {
        public List<string> Added { get; } = [];

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler) => Add(method, handler);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler) => Add(method, handler);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler) => Add(method, handler);

        public override void AddMethod<TRequest, TResponse>(
            Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler) => Add(method, handler);

        private void Add(IMethod method, Delegate? handler)
        {
            Assert.NotNull(handler);
            Added.Add($"{method.Name}:{method.Type}");
        }
    }
}

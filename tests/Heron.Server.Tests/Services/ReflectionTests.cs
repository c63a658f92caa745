using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Heron.Contracts.V1;
using Heron.Server.Tests.Shared;
using MessageResponseOneofCase = Grpc.Reflection.V1.ServerReflectionResponse.MessageResponseOneofCase;

namespace Heron.Server.Tests.Services;

public class ReflectionTests
{
    private const string V1 = "grpc.reflection.v1.ServerReflection";
    private const string V1Alpha = "grpc.reflection.v1alpha.ServerReflection";

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(V1)]
    [InlineData(V1Alpha)]
    public async Task FileContainingSymbol_OfEveryService_ResolvesToFullDescriptors(string reflection)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        ServerReflectionResponse list = await AskAsync(server, reflection, new ServerReflectionRequest { ListServices = "*", Host = "here" });
        Assert.Equal("here", list.ValidHost);

        Assert.Equal(["heron.v1.MultiAgentEnv", "heron.v1.Rollouts", "grpc.health.v1.Health", V1, V1Alpha], list.ListServicesResponse.Service.Select(service => service.Name));
        foreach (ServiceResponse service in list.ListServicesResponse.Service)
        {
            ServerReflectionResponse file = await AskAsync(server, reflection, new ServerReflectionRequest { FileContainingSymbol = service.Name });
            IReadOnlyList<FileDescriptor> files = Build(file);
            Assert.Contains(files.SelectMany(built => built.Services), built => built.FullName == service.Name);
        }
    }

    [Theory]
    [InlineData(V1)]
    [InlineData(V1Alpha)]
    public async Task FileContainingSymbol_OfTheContract_EqualsTheCompiledOne(string reflection)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        ServerReflectionResponse file = await AskAsync(server, reflection, new ServerReflectionRequest { FileContainingSymbol = "heron.v1.MultiAgentEnv.Step" });

        FileDescriptor built = Build(file).Single(candidate => candidate.Name == "heron/v1/multi_agent_env.proto");
        Assert.Equal(MultiAgentEnvReflection.Descriptor.SerializedData, built.SerializedData);
        Assert.Equal(["google/protobuf/struct.proto", "heron/v1/event_driven.proto"], built.Dependencies.Select(dependency => dependency.Name));
        Assert.Equal(
            MultiAgentEnvReflection.Descriptor.Services[0].Methods.Select(method => method.FullName),
            built.Services[0].Methods.Select(method => method.FullName));
    }

    [Theory]
    [InlineData("heron.v1.StepRequest")]
    [InlineData("heron.v1.StepRequest.actions")]
    [InlineData("heron.v1.StepRequest.ActionsEntry")]
    [InlineData("heron.v1.Space.kind")]
    [InlineData("heron.v1.AutoresetMode")]
    [InlineData("heron.v1.EventOptions")]
    [InlineData("heron.v1.AUTORESET_MODE_SAME_STEP")]
    [InlineData("grpc.health.v1.HealthCheckResponse.ServingStatus")]
    [InlineData("grpc.health.v1.HealthCheckResponse.SERVING")]
    [InlineData("google.protobuf.Struct")]
    public async Task FileContainingSymbol_OfAnyKind_IsFound(string symbol)
    {
        await using RunningServer server = await RunningServer.StartAsync();

        ServerReflectionResponse file = await AskAsync(server, V1, new ServerReflectionRequest { FileContainingSymbol = symbol });

        Assert.NotEmpty(Build(file));
    }

    [Fact]
    public async Task EveryOtherQuestion_IsAnsweredOrRefusedWithinTheStream()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        Task<ServerReflectionResponse> Ask(ServerReflectionRequest request) => AskAsync(server, V1, request);

        Assert.NotEmpty(Build(await Ask(new ServerReflectionRequest { FileByFilename = "heron/v1/multi_agent_env.proto" })));
        Assert.NotEmpty(Build(await Ask(new ServerReflectionRequest { FileByFilename = "google/protobuf/struct.proto" })));
        Assert.Equal((int)StatusCode.NotFound, (await Ask(new ServerReflectionRequest { FileByFilename = "nope.proto" })).ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.NotFound, (await Ask(new ServerReflectionRequest { FileContainingSymbol = "heron.v1.Nope" })).ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.NotFound, (await Ask(new ServerReflectionRequest { FileContainingExtension = new ExtensionRequest { ContainingType = "heron.v1.Box", ExtensionNumber = 9 } })).ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.NotFound, (await Ask(new ServerReflectionRequest { AllExtensionNumbersOfType = "heron.v1.Nope" })).ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.InvalidArgument, (await Ask(new ServerReflectionRequest())).ErrorResponse.ErrorCode);
        ServerReflectionResponse numbers = await Ask(new ServerReflectionRequest { AllExtensionNumbersOfType = "heron.v1.Box" });
        Assert.Equal(MessageResponseOneofCase.AllExtensionNumbersResponse, numbers.MessageResponseCase);
        Assert.Equal(("heron.v1.Box", 0), (numbers.AllExtensionNumbersResponse.BaseTypeName, numbers.AllExtensionNumbersResponse.ExtensionNumber.Count));
    }

    // A tool's way: take the serialized files and build descriptors from nothing else.
    private static IReadOnlyList<FileDescriptor> Build(ServerReflectionResponse response)
    {
        Assert.Equal(MessageResponseOneofCase.FileDescriptorResponse, response.MessageResponseCase);

        // The file that was asked for comes first and needs those after it.
        return FileDescriptor.BuildFromByteStrings(response.FileDescriptorResponse.FileDescriptorProto.Reverse());
    }

    private static async Task<ServerReflectionResponse> AskAsync(RunningServer server, string service, ServerReflectionRequest request)
    {
        var method = new Method<ServerReflectionRequest, ServerReflectionResponse>(
            MethodType.DuplexStreaming,
            service,
            "ServerReflectionInfo",
            Marshallers.Create(message => message.ToByteArray(), ServerReflectionRequest.Parser.ParseFrom),
            Marshallers.Create(message => message.ToByteArray(), ServerReflectionResponse.Parser.ParseFrom));
        using AsyncDuplexStreamingCall<ServerReflectionRequest, ServerReflectionResponse> call =
            server.Channel.CreateCallInvoker().AsyncDuplexStreamingCall(method, null, new CallOptions(cancellationToken: Token));
        await call.RequestStream.WriteAsync(request, Token);
        Assert.True(await call.ResponseStream.MoveNext(Token));
        ServerReflectionResponse response = call.ResponseStream.Current;
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext(Token));
        Assert.Equal(request, response.OriginalRequest);
        return response;
    }
}

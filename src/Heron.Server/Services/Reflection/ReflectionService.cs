using Google.Protobuf;
using Grpc.Core;
using Grpc.Reflection.V1;
using Heron.Server.Hosting;
using FileDescriptor = Google.Protobuf.Reflection.FileDescriptor;
using MessageRequestOneofCase = Grpc.Reflection.V1.ServerReflectionRequest.MessageRequestOneofCase;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Heron.Server.Services.Reflection;

/// <summary>grpc.reflection v1 and v1alpha, so that tools such as grpcurl call this server without a proto file.</summary>
/// <param name="drain">Tells when the server stops.</param>
/// <remarks>The messages of both versions are the same on the wire, so that one method answers for both names.</remarks>
[BindServiceMethod(typeof(ReflectionService), nameof(Bind))]
internal class ReflectionService(StreamDrain drain)
{
    private static readonly DescriptorIndex Index = new(ServedServices.All.Select(service => service.File));

    public static void Bind(ServiceBinderBase binder, ReflectionService? _)
    {
        var checkedBinder = new CheckedServiceBinder(binder);
        foreach (ServiceDescriptor service in new[] { ReflectionReflection.Descriptor.Services.Single(), Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor.Services.Single() })
        {
            checkedBinder.AddMethod<ServerReflectionRequest, ServerReflectionResponse>(
                new(MethodType.DuplexStreaming, service.FullName, nameof(ServerReflectionInfo), MarshallerOf(ServerReflectionRequest.Parser), MarshallerOf(ServerReflectionResponse.Parser)),
                (DuplexStreamingServerMethod<ServerReflectionRequest, ServerReflectionResponse>?)null);
        }
    }

    public virtual Task ServerReflectionInfo(
        IAsyncStreamReader<ServerReflectionRequest> requests, IServerStreamWriter<ServerReflectionResponse> responses, ServerCallContext context) =>
        drain.RunAsync(
            async end =>
            {
                while (await requests.MoveNext(end))
                {
                    await responses.WriteAsync(Answer(requests.Current), CancellationToken.None);
                }
            },
            "The server is shutting down.",
            context.CancellationToken);

    private static ServerReflectionResponse Answer(ServerReflectionRequest request)
    {
        var response = new ServerReflectionResponse { ValidHost = request.Host, OriginalRequest = request };
        switch (request.MessageRequestCase)
        {
            case MessageRequestOneofCase.ListServices:
                response.ListServicesResponse = new ListServiceResponse();
                response.ListServicesResponse.Service.AddRange(ServedServices.All.Select(service => new ServiceResponse { Name = service.FullName }));
                break;
            case MessageRequestOneofCase.FileByFilename:
                AnswerFile(response, Index.FindFile(request.FileByFilename), $"file '{request.FileByFilename}'");
                break;
            case MessageRequestOneofCase.FileContainingSymbol:
                AnswerFile(response, Index.FindSymbol(request.FileContainingSymbol), $"symbol '{request.FileContainingSymbol}'");
                break;
            case MessageRequestOneofCase.FileContainingExtension:
                ExtensionRequest extension = request.FileContainingExtension;
                AnswerFile(response, Index.FindExtension(extension.ContainingType, extension.ExtensionNumber), $"extension {extension.ExtensionNumber} of '{extension.ContainingType}'");
                break;
            case MessageRequestOneofCase.AllExtensionNumbersOfType:
                AnswerNumbers(response, request.AllExtensionNumbersOfType);
                break;
            default:
                response.ErrorResponse = Error(StatusCode.InvalidArgument, "The request names nothing to look for.");
                break;
        }

        return response;
    }

    private static void AnswerFile(ServerReflectionResponse response, FileDescriptor? file, string what)
    {
        if (file is null)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, $"There is no {what}.");
            return;
        }

        response.FileDescriptorResponse = new FileDescriptorResponse();
        response.FileDescriptorResponse.FileDescriptorProto.AddRange(DescriptorIndex.WithImports(file));
    }

    private static void AnswerNumbers(ServerReflectionResponse response, string message)
    {
        if (Index.ExtensionNumbers(message) is not { } numbers)
        {
            response.ErrorResponse = Error(StatusCode.NotFound, $"There is no message '{message}'.");
            return;
        }

        response.AllExtensionNumbersResponse = new ExtensionNumberResponse { BaseTypeName = message };
        response.AllExtensionNumbersResponse.ExtensionNumber.AddRange(numbers);
    }

    private static ErrorResponse Error(StatusCode code, string message) => new() { ErrorCode = (int)code, ErrorMessage = StatusDetail.Limit(message) };

    private static Marshaller<T> MarshallerOf<T>(MessageParser<T> parser)
        where T : class, IMessage<T> => Marshallers.Create(message => message.ToByteArray(), parser.ParseFrom);
}

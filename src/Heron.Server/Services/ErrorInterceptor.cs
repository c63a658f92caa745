using Grpc.Core;
using Grpc.Core.Interceptors;
using Heron.Core.Environments;
using Heron.Core.Scheduling;
using Heron.Learning.Checkpoints;
using Heron.Server.Driving;
using Heron.Server.Hosting;
using Heron.Server.Sessions;

namespace Heron.Server.Services;

/// <summary>The one place where exceptions become status codes.</summary>
/// <param name="drain">Counts open streams.</param>
/// <param name="logger">Hears of defects, once, and of limits.</param>
internal sealed class ErrorInterceptor(StreamDrain drain, ILogger<ErrorInterceptor> logger) : Interceptor
{
    /// <inheritdoc/>
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
    }

    /// <inheritdoc/>
    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        drain.Enter();
        try
        {
            await continuation(request, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
        finally
        {
            drain.Leave();
        }
    }

    /// <inheritdoc/>
    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        drain.Enter();
        try
        {
            await continuation(requestStream, responseStream, context);
        }
        catch (Exception exception)
        {
            throw Translate(exception, context);
        }
        finally
        {
            drain.Leave();
        }
    }

    private RpcException Translate(Exception exception, ServerCallContext context)
    {
        switch (exception)
        {
            case RpcException known:
                return known;
            case OperationCanceledException or IOException:
                CallLog.ClientLeft(logger, context.Method);
                return new RpcException(new Status(StatusCode.Cancelled, "The client left."));
        }

        if (CodeOf(exception) is not { } code)
        {
            string traceId = context.GetHttpContext().TraceIdentifier;
            CallLog.Failed(logger, context.Method, traceId, exception);
            return new RpcException(new Status(StatusCode.Internal, $"The server has a defect; its log has the details under trace id {traceId}. The session of this call is closed."));
        }

        string detail = StatusDetail.Limit(exception.Message);
        if (code == StatusCode.ResourceExhausted)
        {
            CallLog.LimitReached(logger, context.Method, detail);
        }
        else
        {
            CallLog.Refused(logger, context.Method, detail);
        }

        return new RpcException(new Status(code, detail));
    }

    private static StatusCode? CodeOf(Exception exception) => exception switch
    {
        InvalidRequestException => StatusCode.InvalidArgument,
        EnvironmentNotFoundException or SessionNotFoundException or CheckpointNotFoundException => StatusCode.NotFound,
        CallNumberException or EpisodeStateException or SessionStateException or DriveStateException or CheckpointException => StatusCode.FailedPrecondition,
        DriveLeaseException => StatusCode.DeadlineExceeded,
        SessionBusyException => StatusCode.Aborted,
        ServerLimitException or EventOverflowException => StatusCode.ResourceExhausted,
        ServerStoppingException => StatusCode.Unavailable,
        _ => null,
    };
}

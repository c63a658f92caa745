using Grpc.Core;
using Grpc.Health.V1;
using Heron.Server.Hosting;
using Heron.Server.Sessions;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Heron.Server.Services;

/// <summary>grpc.health.v1.Health, for probes and orchestrators. Every service serves as long as the process does.</summary>
/// <param name="drain">Tells when the server stops.</param>
[BindServiceMethod(typeof(HealthService), nameof(Bind))]
internal class HealthService(StreamDrain drain)
{
    // The empty name stands for the server as a whole.
    private static readonly HashSet<string> Names = [.. ServedServices.All.Select(service => service.FullName), ""];

    private ServingStatus Status => drain.Stopping.IsCancellationRequested ? ServingStatus.NotServing : ServingStatus.Serving;

    public static void Bind(ServiceBinderBase binder, HealthService? _) => Health.BindService(new CheckedServiceBinder(binder), null!);

    public virtual Task<HealthCheckResponse> Check(HealthCheckRequest request, ServerCallContext context) => Names.Contains(request.Service)
        ? Task.FromResult(new HealthCheckResponse { Status = Status })
        : throw new RpcException(new Status(StatusCode.NotFound, StatusDetail.Limit($"There is no service '{request.Service}'. Services: {string.Join(", ", Names.Where(name => name.Length > 0))}.")));

    public virtual Task<HealthListResponse> List(HealthListRequest request, ServerCallContext context)
    {
        var response = new HealthListResponse();
        foreach (string name in Names)
        {
            response.Statuses.Add(name, new HealthCheckResponse { Status = Status });
        }

        return Task.FromResult(response);
    }

    public virtual async Task Watch(HealthCheckRequest request, IServerStreamWriter<HealthCheckResponse> responses, ServerCallContext context)
    {
        ServingStatus now = Names.Contains(request.Service) ? Status : ServingStatus.ServiceUnknown;
        await responses.WriteAsync(new HealthCheckResponse { Status = now });
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, drain.Stopping);
        await Task.Delay(Timeout.Infinite, end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        context.CancellationToken.ThrowIfCancellationRequested();
        if (now == ServingStatus.Serving)
        {
            await responses.WriteAsync(new HealthCheckResponse { Status = ServingStatus.NotServing });
        }

        throw new ServerStoppingException("The server is shutting down.");
    }
}

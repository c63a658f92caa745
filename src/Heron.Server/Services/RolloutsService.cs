using Grpc.Core;
using Heron.Core.Environments;
using Heron.Server.Driving;
using Heron.Server.Hosting;
using Heron.Server.Mapping;
using Microsoft.Extensions.Options;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Services;

/// <summary>heron.v1.Rollouts: episodes that the server plays by itself.</summary>
/// <param name="registry">The catalogue.</param>
/// <param name="runs">The checkpoints.</param>
/// <param name="slots">How many evaluations there may be.</param>
/// <param name="drain">Tells when the server stops.</param>
/// <param name="options">Has the time that a client may take to read.</param>
/// <param name="time">The clock of that.</param>
[BindServiceMethod(typeof(RolloutsService), nameof(Bind))]
internal class RolloutsService(EnvironmentRegistry registry, RunsFolder runs, DriveSlots slots, StreamDrain drain, IOptions<HeronServerOptions> options, TimeProvider time)
{
    private readonly EvaluationMapping _evaluations = new(registry, runs);

    public static void Bind(ServiceBinderBase binder, RolloutsService? _) => Wire.Rollouts.BindService(new CheckedServiceBinder(binder), null!);

    public virtual Task Evaluate(Wire.EvaluateRequest request, IServerStreamWriter<Wire.EvaluateResponse> responses, ServerCallContext context)
    {
        Evaluation evaluation = _evaluations.FromWire(request);
        return drain.RunAsync(
            ended => slots.RunAsync(() => Play(evaluation, responses, ended)),
            "The server is shutting down, and the evaluation ends with it. Connect to another server or try again later.",
            context.CancellationToken);
    }

    // On a thread of its own.
    private void Play(Evaluation evaluation, IServerStreamWriter<Wire.EvaluateResponse> responses, CancellationToken ended)
    {
        uint told = 0;
        foreach (EpisodeReport report in evaluation.Play(ended))
        {
            Send(responses, new Wire.EvaluateResponse { Episode = ++told, Summary = EpisodeReportMapping.ToWire(report) }, ended);
        }
    }

    private void Send(IServerStreamWriter<Wire.EvaluateResponse> responses, Wire.EvaluateResponse response, CancellationToken ended)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(options.Value.LeaseSeconds), time);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(ended, timeout.Token);
        ended.ThrowIfCancellationRequested();
        try
        {
            responses.WriteAsync(response, end.Token).GetAwaiter().GetResult();
        }
        catch (OperationCanceledException) when (timeout.IsCancellationRequested)
        {
            throw new DriveLeaseException(FormattableString.Invariant($"The client did not read a response within {options.Value.LeaseSeconds} s; the evaluation was given up."));
        }
    }
}

using Grpc.Core;
using Heron.Core.Environments;
using Heron.Server.Mapping;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Services;

/// <summary>heron.v1.MultiAgentEnv. Thin: the proto says what each call means, <see cref="Sessions"/> do it, <see cref="Mapping"/> translates.</summary>
/// <param name="registry">The catalogue.</param>
/// <param name="store">All sessions.</param>
/// <param name="drives">Carries out DriveEpisodes.</param>
/// <remarks>
/// Not derived from the generated base class, because the binding wraps its messages (<see cref="CheckedServiceBinder"/>);
/// a method that is missing here fails the start of the server.
/// </remarks>
[BindServiceMethod(typeof(MultiAgentEnvService), nameof(Bind))]
internal class MultiAgentEnvService(EnvironmentRegistry registry, SessionStore store, DriveCalls drives)
{
    public static void Bind(ServiceBinderBase binder, MultiAgentEnvService? _) =>
        Wire.MultiAgentEnv.BindService(new CheckedServiceBinder(binder), null!);

    public virtual Task<Wire.ListEnvironmentsResponse> ListEnvironments(Wire.ListEnvironmentsRequest request, ServerCallContext context)
    {
        var response = new Wire.ListEnvironmentsResponse();
        response.Environments.AddRange(registry.Definitions.Select(definition => new Wire.EnvironmentSummary { Id = definition.Id, Summary = definition.Card.Summary }));
        return Task.FromResult(response);
    }

    public virtual Task<Wire.GetEnvironmentResponse> GetEnvironment(Wire.GetEnvironmentRequest request, ServerCallContext context)
    {
        EnvironmentDefinition definition = registry.Get(request.EnvId);
        IReadOnlyDictionary<string, object> parameters = ParameterMapping.FromWire(request.Parameters);
        EnvironmentSpec spec = InvalidRequestException.Unless(() => definition.Configure(parameters).Spec);
        return Task.FromResult(SpecMapping.ToWire(definition, spec));
    }

    public virtual Task<Wire.CreateSessionResponse> CreateSession(Wire.CreateSessionRequest request, ServerCallContext context)
    {
        Contract.Check(request.ContractVersion);
        Session session = store.Create(CallOwner.Of(context), SessionMapping.FromWire(request));
        return Task.FromResult(new Wire.CreateSessionResponse
        {
            SessionId = session.Id,
            Spec = SpecMapping.ToWire(session.Spec),
            NumEnvs = (uint)session.Copies,
            AutoresetMode = SessionMapping.ToWire(session.AutoresetMode),
            LeaseSeconds = (float)session.Lease.TotalSeconds,
            NextSequence = session.Renew(),
            ContractVersion = Contract.Version,
            ServerVersion = Contract.ServerVersion,
        });
    }

    public virtual Task<Wire.StepResponse> Reset(Wire.ResetRequest request, ServerCallContext context) =>
        OfOneCopy(context, request.SessionId).RunAsync(new ReadableResetCall(request), request.HasSequence ? request.Sequence : null).AsTask();

    public virtual Task<Wire.StepResponse> Step(Wire.StepRequest request, ServerCallContext context) =>
        OfOneCopy(context, request.SessionId).RunAsync(new ReadableStepCall(request), request.HasSequence ? request.Sequence : null).AsTask();

    public virtual async Task StepStream(
        IAsyncStreamReader<Wire.StepStreamRequest> requests, IServerStreamWriter<Wire.StepStreamResponse> responses, ServerCallContext context)
    {
        if (!await requests.MoveNext(context.CancellationToken))
        {
            return;
        }

        if (requests.Current.RequestCase != Wire.StepStreamRequest.RequestOneofCase.Open)
        {
            throw new InvalidRequestException("The first message of a stream must be open, with the session_id that CreateSession returned.");
        }

        Wire.StreamOpen open = requests.Current.Open;
        Session session = store.Get(CallOwner.Of(context), open.SessionId);
        using SessionStream stream = store.OpenStream(session, context.CancellationToken);
        session.CountStreamMessage();
        try
        {
            // A call of a displaced stream may still run; the number is known when it has ended.
            var opened = new Wire.StreamOpened { NextSequence = await session.WaitForNextAsync(stream) };
            await responses.WriteAsync(new Wire.StepStreamResponse { Opened = opened }, stream.Ended);
            await AnswerAsync(requests, session, stream, new StreamCall(responses, open.StateDigests, stream.Ended));
        }
        catch (OperationCanceledException)
        {
            stream.ThrowIfEnded();
            throw;
        }
    }

    public virtual Task DriveEpisodes(
        IAsyncStreamReader<Wire.DriveEpisodesRequest> requests, IServerStreamWriter<Wire.DriveEpisodesResponse> responses, ServerCallContext context) =>
        drives.RunAsync(requests, responses, context.CancellationToken);

    public virtual Task<Wire.RenderResponse> Render(Wire.RenderRequest request, ServerCallContext context)
    {
        string text = Find(context, request.SessionId).Inspect(environment => InvalidRequestException.Unless(() =>
        {
            string mode = request.Mode.Length > 0 ? request.Mode : environment.Spec.RenderModes.FirstOrDefault("");
            return environment.Render((int)Math.Min(request.EnvIndex, int.MaxValue), mode);
        }));
        return Task.FromResult(new Wire.RenderResponse { Text = text });
    }

    public virtual Task<Wire.SaveStateResponse> SaveState(Wire.SaveStateRequest request, ServerCallContext context)
    {
        Session session = Find(context, request.SessionId);
        return Task.FromResult(session.Inspect(environment => StateMapping.Save(environment, request.DigestOnly)));
    }

    public virtual Task<Wire.LoadStateResponse> LoadState(Wire.LoadStateRequest request, ServerCallContext context) =>
        Find(context, request.SessionId).RunAsync(new LoadStateCall(request), request.HasSequence ? request.Sequence : null).AsTask();

    public virtual Task<Wire.RenewLeaseResponse> RenewLease(Wire.RenewLeaseRequest request, ServerCallContext context)
    {
        Session session = Find(context, request.SessionId);
        return Task.FromResult(new Wire.RenewLeaseResponse { NextSequence = session.Renew(), LeaseSeconds = (float)session.Lease.TotalSeconds });
    }

    public virtual Task<Wire.ListSessionsResponse> ListSessions(Wire.ListSessionsRequest request, ServerCallContext context)
    {
        var response = new Wire.ListSessionsResponse();
        response.Sessions.AddRange(store.List(CallOwner.Of(context)).Select(SessionMapping.ToWire));
        return Task.FromResult(response);
    }

    public virtual Task<Wire.CloseSessionResponse> CloseSession(Wire.CloseSessionRequest request, ServerCallContext context) =>
        Task.FromResult(new Wire.CloseSessionResponse { WasOpen = store.Close(CallOwner.Of(context), request.SessionId) });

    private static async Task AnswerAsync(IAsyncStreamReader<Wire.StepStreamRequest> requests, Session session, SessionStream stream, StreamCall call)
    {
        while (await requests.MoveNext(stream.Ended))
        {
            session.CountStreamMessage();
            uint sequence = requests.Current.Sequence;
            call.Take(requests.Current);

            // The task is the write of the first message; the rest follow as the client takes them.
            await await session.RunAsync(call, sequence, stream);
            for (int i = 1; i < call.ResultCount; i++)
            {
                await session.ReadOn(sequence, stream, call.Write, i);
            }
        }
    }

    private Session Find(ServerCallContext context, string sessionId) => store.Get(CallOwner.Of(context), sessionId);

    private Session OfOneCopy(ServerCallContext context, string sessionId)
    {
        Session session = Find(context, sessionId);
        return session.Copies == 1
            ? session
            : throw new SessionStateException($"The session has {session.Copies} copies; Reset and Step serve sessions of one copy. Use StepStream.");
    }
}

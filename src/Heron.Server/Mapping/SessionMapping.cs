using Heron.Core.Environments;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Requests for sessions and what is told about them.</summary>
internal static class SessionMapping
{
    /// <summary>Reads a request.</summary>
    /// <exception cref="InvalidRequestException">A field is malformed.</exception>
    public static SessionRequest FromWire(Wire.CreateSessionRequest request) => new(request.EnvId)
    {
        Parameters = ParameterMapping.FromWire(request.Parameters),
        Copies = Math.Max(1, request.NumEnvs),
        AutoresetMode = FromWire(request.AutoresetMode),
        Agents = [.. request.Agents],
        OneHotObservations = request.OneHotObservations,
        LeaseSeconds = request.HasLeaseSeconds ? request.LeaseSeconds : null,
        RequestId = request.RequestId.Length <= MaximumRequestIdLength
            ? request.RequestId
            : throw new InvalidRequestException($"request_id has {request.RequestId.Length} characters; it takes at most {MaximumRequestIdLength}, a UUID for example."),
    };

    public static Wire.SessionSummary ToWire(SessionSnapshot session) => new()
    {
        SessionId = session.Id,
        EnvId = session.EnvironmentId,
        NumEnvs = (uint)session.Copies,
        AgeSeconds = (float)session.Age.TotalSeconds,
        LeaseRemainingSeconds = (float)session.LeaseRemaining.TotalSeconds,
        NextSequence = session.NextSequence,
        Steps = session.Steps,
        StreamMessages = session.StreamMessages,
        StreamOpen = session.StreamIsOpen,
    };

    public static Wire.AutoresetMode ToWire(AutoresetMode mode) => mode switch
    {
        AutoresetMode.NextStep => Wire.AutoresetMode.NextStep,
        AutoresetMode.SameStep => Wire.AutoresetMode.SameStep,
        _ => Wire.AutoresetMode.Disabled,
    };

    private const int MaximumRequestIdLength = 128;

    private static AutoresetMode FromWire(Wire.AutoresetMode mode) => mode switch
    {
        Wire.AutoresetMode.Unspecified or Wire.AutoresetMode.Disabled => AutoresetMode.Disabled,
        Wire.AutoresetMode.NextStep => AutoresetMode.NextStep,
        Wire.AutoresetMode.SameStep => AutoresetMode.SameStep,
        _ => throw new InvalidRequestException($"autoreset_mode is {(int)mode}; it takes 1 (DISABLED), 2 (NEXT_STEP) or 3 (SAME_STEP)."),
    };
}

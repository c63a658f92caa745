using Heron.Core.Environments;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Reset as a person writes it.</summary>
internal sealed class ReadableResetCall(Wire.ResetRequest request) : SessionCall<Wire.StepResponse>
{
    public override CallContent Content { get; } = new(CallKind.Reset, PackedRequests.HashOfReset([], [], request.HasSeed ? request.Seed : null));

    public override void CarryOut(VectorEnvironment environment) => environment.Reset(request.HasSeed ? request.Seed : null);

    public override Wire.StepResponse Reply(VectorEnvironment environment, uint sequence) => ReadableResults.ToWire(environment, sequence);
}

using Heron.Core.Environments;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Step as a person writes it.</summary>
internal sealed class ReadableStepCall(Wire.StepRequest request) : SessionCall<Wire.StepResponse>
{
    public override CallContent Content { get; } = new(CallKind.Step, ReadableActions.Hash(request.Actions));

    public override void CarryOut(VectorEnvironment environment)
    {
        ReadableActions.Write(request.Actions, environment);
        PackedRequests.CheckActions(environment);
        environment.Step();
    }

    public override Wire.StepResponse Reply(VectorEnvironment environment, uint sequence) => ReadableResults.ToWire(environment, sequence);
}

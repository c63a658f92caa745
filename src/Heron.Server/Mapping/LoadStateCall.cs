using Heron.Core.Environments;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Takes over a saved state.</summary>
internal sealed class LoadStateCall : SessionCall<Wire.LoadStateResponse>
{
    private readonly Wire.LoadStateRequest _request;

    public LoadStateCall(Wire.LoadStateRequest request)
    {
        _request = request;
        var hash = default(ContentHash);
        hash.Add(request.State.Span);
        Content = new CallContent(CallKind.LoadState, hash.Value);
    }

    public override CallContent Content { get; }

    public override void CarryOut(VectorEnvironment environment) => InvalidRequestException.Unless(() =>
    {
        environment.LoadState(_request.State.Span);
        return true;
    });

    public override Wire.LoadStateResponse Reply(VectorEnvironment environment, uint sequence)
    {
        var response = new Wire.LoadStateResponse { Sequence = sequence };
        StateMapping.AddDigests(response.StateDigests, environment);
        var results = new PackedResults(environment, digests: true);
        for (int i = 0; i < results.Count; i++)
        {
            response.Results.Add(results.CopyOf(i));
        }

        return response;
    }
}

using Google.Protobuf;
using Heron.Core.Environments;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Saved states and their digests.</summary>
internal static class StateMapping
{
    /// <exception cref="EpisodeStateException">No copy was ever reset.</exception>
    public static Wire.SaveStateResponse Save(VectorEnvironment environment, bool digestOnly)
    {
        if (!Enumerable.Range(0, environment.Count).Any(environment.HasStarted))
        {
            throw new EpisodeStateException("The session has no state to save yet; call Reset first.");
        }

        var response = new Wire.SaveStateResponse();
        if (!digestOnly)
        {
            var state = new byte[environment.StateByteCount];
            environment.SaveState(state);
            response.State = UnsafeByteOperations.UnsafeWrap(state);
        }

        AddDigests(response.StateDigests, environment);
        return response;
    }

    public static void AddDigests(IList<uint> digests, VectorEnvironment environment)
    {
        for (int copy = 0; copy < environment.Count; copy++)
        {
            digests.Add(environment.StateDigest(copy));
        }
    }
}

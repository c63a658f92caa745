using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Server.Commands;

/// <summary>Random actions, which follow from the episode's seed, so that a seed plays the same episode again.</summary>
internal sealed class RandomPlay : IPlayedActions
{
    private static readonly ulong StreamKey = RandomStream.Key("play", "actions");

    private RandomStream _random;

    /// <inheritdoc/>
    public void Start(uint seed) => _random = RandomStream.ForEpisode(seed, StreamKey);

    /// <inheritdoc/>
    public void Write(VectorEnvironment environment) => RandomActions.Write(environment, copy: 0, ref _random);
}

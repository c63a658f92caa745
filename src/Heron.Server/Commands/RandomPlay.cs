using Heron.Core.Environments;
using Heron.Core.Policies;
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
    public void Write(VectorEnvironment environment) => Write(environment, copy: 0, ref _random);

    /// <summary>Fills the action buffers of a copy with actions drawn among those that are allowed.</summary>
    /// <param name="environment">The environment, reset before.</param>
    /// <param name="copy">Index of the copy.</param>
    /// <param name="random">Draws; advanced.</param>
    public static void Write(VectorEnvironment environment, int copy, ref RandomStream random)
    {
        EnvironmentLayout layout = environment.Spec.Layout;
        for (int agent = 0; agent < layout.AgentCount; agent++)
        {
            RandomActions.Sample(
                environment.Spec.Agents[agent].ActionSpace,
                environment.Masks.Row(copy)[layout.Mask(agent)],
                ref random,
                environment.ContinuousActions.Row(copy)[layout.Continuous(agent)],
                environment.DiscreteActions.Row(copy)[layout.Discrete(agent)]);
        }
    }
}

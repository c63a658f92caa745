using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>What a caller may ask about one agent in the middle of a run.</summary>
public sealed partial class EventScheduler
{
    /// <summary>Writes what an agent would observe now: its own state as it is, the others' as it knows them.</summary>
    /// <param name="agent">Index in <see cref="EnvironmentSpec.Agents"/>.</param>
    /// <param name="observation">Receives it, shape (length of the agent's observation).</param>
    /// <exception cref="EpisodeStateException">There was no reset.</exception>
    public void Observe(int agent, Span<float> observation)
    {
        if (_status == EpisodeStatus.NotStarted)
        {
            CheckRunning();
        }

        _known.Observe(_plan.TreeIndex[agent], agent, observation, mask: []);
    }

    /// <summary>The sum of rewards that an agent has learned of since it was last asked.</summary>
    /// <param name="agent">Index in <see cref="EnvironmentSpec.Agents"/>.</param>
    public float RewardSinceAsked(int agent) => _desk.RewardOf(agent);
}

using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>What a caller may ask about one agent in the middle of a run.</summary>
public sealed partial class EventScheduler
{
    /// <summary>Schedules of agents that wake up more often than a number of times between two runs of the physics, slowed down to that number.</summary>
    internal IReadOnlyDictionary<string, ScheduleConfig> SlowedDown(int ticksPerPhysicsRun)
    {
        double shortest = _run.Delays[_plan.State.Tree.Root.Index].TickIntervalSeconds / ticksPerPhysicsRun;
        return _plan.Agents.Where(agent => _run.Delays[agent.Index].TickIntervalSeconds < shortest)
            .ToDictionary(agent => agent.Id, agent => _run.Delays[agent.Index] with { TickIntervalSeconds = shortest });
    }

    /// <summary>Whether every agent that wakes up by a clock of its own has done so often enough.</summary>
    internal bool HaveAllTicked(int times) => _plan.Periodic.All(agent => _run.Statistics.TicksOf(agent) >= times);

    /// <summary>Whether the source decides for an agent, whenever it is due.</summary>
    internal bool IsAsked(string agentId) => _plan.Agents[_plan.TreeIndex[Spec.IndexOf(agentId)]].IsAsked;

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

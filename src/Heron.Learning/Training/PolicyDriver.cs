using Heron.Core.Environments;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>Acts for all agents of an environment that somebody else steps.</summary>
public sealed class PolicyDriver
{
    private readonly PolicyActor[] _actors;

    /// <summary>Makes room for a step.</summary>
    /// <param name="policies">The policies; what they hold when they are asked counts.</param>
    /// <param name="copies">Copies of the environment, at least 1.</param>
    public PolicyDriver(PolicySet policies, int copies)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(copies, 1);
        _actors = [.. policies.Policies.Select((policy, i) => new PolicyActor(policies.Spec, policies.Actions, policies.Mapping.AgentsOf(i), policy, copies))];
    }

    /// <summary>Starts the random numbers of a copy; equal seeds draw the actions that <see cref="PolicyEvaluator"/> draws.</summary>
    /// <param name="copy">Index of the copy.</param>
    /// <param name="episodeSeed">Seed of its episode.</param>
    public void Seed(int copy, uint episodeSeed)
    {
        foreach (PolicyActor actor in _actors)
        {
            actor.Seed(copy, episodeSeed);
        }
    }

    /// <summary>Writes the actions of all agents that must act.</summary>
    /// <param name="environment">Before a step; as <see cref="TrainingOptions.CreateEnvironment"/> makes it.</param>
    /// <param name="greedy">Whether to take the likeliest action instead of drawing one.</param>
    public void Act(VectorEnvironment environment, bool greedy)
    {
        foreach (PolicyActor actor in _actors)
        {
            actor.Act(environment, greedy);
        }
    }
}

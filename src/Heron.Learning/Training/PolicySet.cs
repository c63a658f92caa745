using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>The policies of a run, who acts by which, and how their actions reach the environment.</summary>
public sealed class PolicySet
{
    /// <summary>Makes new policies.</summary>
    /// <param name="spec">The environment, from <see cref="TrainingOptions.CreateEnvironment"/>.</param>
    /// <param name="options">Networks, seed, number of copies, who acts by which policy.</param>
    /// <exception cref="ArgumentException">An option does not fit the environment; the message names it.</exception>
    public PolicySet(EnvironmentSpec spec, TrainingOptions options)
    {
        Spec = spec;
        Actions = new ActionMapping(spec, options.ActionMapping);
        Mapping = options.MapPolicies(spec, Actions);
        Policies = [.. Enumerable.Range(0, Mapping.PolicyIds.Count).Select(policy => MakePolicy(policy, options))];
    }

    /// <summary>The environment as policies see it.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>How policies see actions.</summary>
    public ActionMapping Actions { get; }

    /// <summary>Who acts by which policy.</summary>
    public PolicyMapping Mapping { get; }

    /// <summary>The policies, in the order of <see cref="PolicyMapping.PolicyIds"/>.</summary>
    public IReadOnlyList<Policy> Policies { get; }

    private Policy MakePolicy(int policy, TrainingOptions options)
    {
        ReadOnlySpan<int> agents = Mapping.AgentsOf(policy);
        AgentSpec first = Spec.Agents[agents[0]];
        var spec = new PolicySpec(first.ObservationSpace.Length, Actions.PolicySpace(agents[0]))
        {
            HasActionMask = first.HasActionMask,
            HiddenSizes = options.Model.HiddenSizes,
            Activation = options.Model.Activation,
            SharedLayers = options.Model.SharedLayers,
            FreeLogStd = options.Model.FreeLogStd,
            Initialization = options.Model.Initialization,
        };
        if (options.CentralizedCritic)
        {
            spec = spec with { CriticObservationLength = new CriticView(Spec, agents.Length).Length };
        }

        return new Policy(spec, RandomStream.ForEpisode(options.Seed, RandomStream.Key(Mapping.PolicyIds[policy], "weights")).NextUInt64());
    }
}

using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>Everything that decides the result of a training run, and on how many threads it is computed.</summary>
public sealed record TrainingOptions
{
    /// <summary>Name of the environment in the catalogue.</summary>
    public required string EnvironmentId { get; init; }

    /// <summary>Parameters of the environment by name; those not named keep their defaults.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; init; } = new Dictionary<string, object>();

    /// <summary>Agents to train; the others hold their neutral action. Default (empty): all.</summary>
    public IReadOnlyList<string> Agents { get; init; } = [];

    /// <summary>Iterations of the whole run, at least 1. Default 100. A linear annealing ends with the last.</summary>
    public int Iterations { get; init; } = 100;

    /// <summary>Equal seeds give equal results, on any number of threads. Default 0.</summary>
    public uint Seed { get; init; }

    /// <summary>Copies of the environment that are sampled together, at least 1. Default 8.</summary>
    public int NumEnvs { get; init; } = 8;

    /// <summary>
    /// Environment steps per iteration over all copies, at least 1, rounded up to a multiple of <see cref="NumEnvs"/>; a step counts once,
    /// however many agents act in it (RLlib's <c>count_steps_by = "env_steps"</c>). Default 4000.
    /// </summary>
    public int TrainBatchSize { get; init; } = 4000;

    /// <summary>Threads that step copies and update policies; 0 (default) = one per core. The result does not depend on it.</summary>
    public int Threads { get; init; }

    /// <summary>Which agents act by the same policy. Default shared.</summary>
    public PolicyMappingMode PolicyMapping { get; init; } = PolicyMappingMode.Shared;

    /// <summary>For <see cref="PolicyMappingMode.Groups"/>: agent ids by policy, <c>*</c> and <c>?</c> allowed; each agent in one group.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> PolicyGroups { get; init; } = new Dictionary<string, IReadOnlyList<string>>();

    /// <summary>How policies see Box actions. Default rescale.</summary>
    public ActionMappingMode ActionMapping { get; init; } = ActionMappingMode.Rescale;

    /// <summary>Whether the critic sees the observations of all agents (MAPPO) instead of those of its agent. Default no.</summary>
    public bool CentralizedCritic { get; init; }

    /// <summary>In which unit the learner sees rewards. Default as given.</summary>
    public RewardScaling RewardScaling { get; init; } = RewardScaling.None;

    /// <summary>The networks.</summary>
    public ModelOptions Model { get; init; } = new();

    /// <summary>The algorithm.</summary>
    public PpoOptions Ppo { get; init; } = new();

    /// <summary>Environment steps that each copy takes in an iteration.</summary>
    public int StepsPerCopy => (int)(((long)TrainBatchSize + NumEnvs - 1) / NumEnvs);

    /// <summary>Makes the environment as the learner sees it: with the parameters, only the agents to train, discrete observations as one-hot vectors.</summary>
    /// <param name="registry">The catalogue.</param>
    /// <exception cref="EnvironmentNotFoundException">It holds no such environment.</exception>
    /// <exception cref="ArgumentException">A parameter or an agent does not fit; the message names it.</exception>
    public EnvironmentFactory CreateEnvironment(EnvironmentRegistry registry) =>
        OneHotObservations.Of(ExposedAgents.Of(registry.Get(EnvironmentId).Configure(Parameters), [.. Agents]));

    /// <summary>Settles who acts by which policy.</summary>
    /// <param name="spec">The environment, from <see cref="CreateEnvironment"/>.</param>
    /// <param name="actions">How policies see its actions.</param>
    /// <exception cref="ArgumentException">The groups do not fit the agents; the message names what is wrong.</exception>
    public PolicyMapping MapPolicies(EnvironmentSpec spec, ActionMapping actions) => PolicyMapping switch
    {
        PolicyMappingMode.Shared => Rollouts.PolicyMapping.Shared(spec, actions),
        PolicyMappingMode.Independent => Rollouts.PolicyMapping.Independent(spec),
        PolicyMappingMode.Groups => Rollouts.PolicyMapping.Groups(spec, actions, PolicyGroups),
        _ => throw new ArgumentException($"There is no policy mapping {PolicyMapping}; use Shared, Independent or Groups."),
    };

    /// <summary>Looks for numbers out of range.</summary>
    /// <exception cref="ArgumentException">One is; the message names it.</exception>
    public void Validate()
    {
        RequireAtLeastOne(Iterations, nameof(Iterations));
        RequireAtLeastOne(NumEnvs, nameof(NumEnvs));
        RequireAtLeastOne(TrainBatchSize, nameof(TrainBatchSize));
        if (Threads < 0)
        {
            throw new ArgumentException($"{nameof(Threads)} is {Threads}; it takes 0 for one per core, or a number of threads.");
        }

        Ppo.Validate();
    }

    /// <summary>Looks for batches that no array can hold.</summary>
    /// <param name="policies">Made with these options.</param>
    /// <exception cref="ArgumentException">A policy's batch is too large; the message names the policy.</exception>
    internal void RequireRoom(PolicySet policies)
    {
        for (int i = 0; i < policies.Policies.Count; i++)
        {
            PolicySpec spec = policies.Policies[i].Spec;
            long rows = (long)StepsPerCopy * NumEnvs * policies.Mapping.AgentsOf(i).Length;
            long widest = Math.Max(spec.ObservationLength, Math.Max(spec.CriticObservationLength, spec.DistributionInputLength));
            if (rows * widest > Array.MaxLength)
            {
                throw new ArgumentException(
                    $"{nameof(TrainBatchSize)} is {TrainBatchSize}; for policy '{policies.Mapping.PolicyIds[i]}' that is {rows} rows of {widest} numbers, and there is room for {Array.MaxLength} numbers. Take fewer steps per iteration.");
            }
        }
    }

    private static void RequireAtLeastOne(int value, string name)
    {
        if (value < 1)
        {
            throw new ArgumentException($"{name} is {value}; it must be at least 1.");
        }
    }
}

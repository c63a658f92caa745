using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.Core.Policies;
using Heron.Learning.Runs;
using Heron.Learning.Training;
using Heron.Server.Driving;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Requests for evaluations.</summary>
/// <param name="registry">The catalogue.</param>
/// <param name="runs">The checkpoints.</param>
internal sealed class EvaluationMapping(EnvironmentRegistry registry, RunsFolder runs)
{
    /// <summary>Settles what is played.</summary>
    /// <exception cref="EnvironmentNotFoundException">No such environment.</exception>
    /// <exception cref="CheckpointNotFoundException">No such checkpoint.</exception>
    /// <exception cref="InvalidRequestException">A field is malformed.</exception>
    /// <exception cref="Learning.Checkpoints.CheckpointException">The checkpoint cannot be used.</exception>
    public Evaluation FromWire(Wire.EvaluateRequest request)
    {
        (EnvironmentFactory environment, IActionSource source) = request.PolicyCase == Wire.EvaluateRequest.PolicyOneofCase.Checkpoint ? Trained(request) : Builtin(request);
        EpisodePlan plan = new EpisodePlanMapping(
            request.Mode,
            request.HasMaxSteps ? request.MaxSteps : null,
            request.HasTEndSeconds ? request.TEndSeconds : null,
            request.HasMaxEvents ? request.MaxEvents : null,
            request.EventOptions).For(environment);
        return new Evaluation(plan, source) { Episodes = Math.Max(1, request.Episodes), Seed = request.HasSeed ? request.Seed : 0 };
    }

    private (EnvironmentFactory Environment, IActionSource Source) Builtin(Wire.EvaluateRequest request)
    {
        if (request.Sampled)
        {
            throw new InvalidRequestException("sampled is about the policies of a checkpoint; name one, or leave it out.");
        }

        BuiltinPolicy policy = request.Builtin switch
        {
            Wire.BuiltinPolicy.Unspecified or Wire.BuiltinPolicy.Random => BuiltinPolicy.Random,
            Wire.BuiltinPolicy.Neutral => BuiltinPolicy.Neutral,
            Wire.BuiltinPolicy.Rules => BuiltinPolicy.Rules,
            _ => throw new InvalidRequestException($"builtin is {(int)request.Builtin}; it takes 1 (RANDOM), 2 (NEUTRAL) or 3 (RULES)."),
        };
        EnvironmentDefinition definition = registry.Get(request.EnvId);
        IReadOnlyDictionary<string, object> parameters = ParameterMapping.FromWire(request.Parameters);
        EnvironmentFactory environment = InvalidRequestException.Unless(() => ExposedAgents.Of(definition.Configure(parameters), [.. request.Agents]));
        return (environment, policy.CreateFor(environment));
    }

    private (EnvironmentFactory Environment, IActionSource Source) Trained(Wire.EvaluateRequest request)
    {
        if (request.Agents.Count > 0)
        {
            throw new InvalidRequestException("agents cannot be chosen for a checkpoint: its policies act for the agents that they were trained for. Leave them out.");
        }

        TrainedPolicies trained = runs.Load(request.Checkpoint, ParameterMapping.FromWire(request.Parameters));
        string environmentId = trained.Configuration.Training.EnvironmentId;
        return request.EnvId.Length == 0 || request.EnvId == environmentId
            ? (trained.Environment, new PolicySource(trained.Policies, greedy: !request.Sampled))
            : throw new InvalidRequestException($"env_id is '{request.EnvId}', but checkpoint '{request.Checkpoint}' was trained on {environmentId}. Leave env_id out, or name that one.");
    }
}

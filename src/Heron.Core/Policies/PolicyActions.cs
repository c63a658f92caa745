using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Core.Policies;

/// <summary>Lets policies decide for the agents of an environment from outside, event-driven or step by step.</summary>
/// <remarks>An agent without a policy declines. What policies remember is kept here, so it is no part of the environment's saved state; inside an environment it is.</remarks>
public sealed class PolicyActions : IActionSource
{
    private readonly (string Pattern, Policy Policy)[] _policies;
    private Policy?[] _policyOf = [];
    private float[][] _memoryOf = [];
    private ulong[] _startKeys = [];
    private EnvironmentSpec? _spec;

    /// <summary>Assigns policies.</summary>
    /// <param name="policies">Each for the agents that a pattern names: an id, or with <c>*</c> and <c>?</c>. The first that fits counts.</param>
    public PolicyActions(params IEnumerable<(string Pattern, Policy Policy)> policies) => _policies = [.. policies];

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">A pattern names none of the environment's agents.</exception>
    public void Begin(EnvironmentSpec spec, uint seed)
    {
        if (!ReferenceEquals(spec, _spec))
        {
            Assign(spec);
            _spec = spec;
        }

        for (int agent = 0; agent < _policyOf.Length; agent++)
        {
            _memoryOf[agent].AsSpan().Clear();
            if (_policyOf[agent] is { } policy)
            {
                // Streams belong to requests, and there has been none yet.
                var random = RandomStream.ForEpisode(seed, _startKeys[agent]);
                policy.Reset(new PolicyContext(default, spec.Agents[agent].ActionSpace, default, default, _memoryOf[agent], ref random));
            }
        }
    }

    /// <inheritdoc/>
    public void Act(in ActionRequest request)
    {
        foreach (int agent in request.Agents)
        {
            if (_policyOf[agent] is not { } policy || !policy.Decide(ContextOf(request, agent, policy)))
            {
                request.Decline(agent);
            }
        }
    }

    private PolicyContext ContextOf(in ActionRequest request, int agent, Policy policy)
    {
        AgentSpec spec = request.Spec.Agents[agent];
        ReadOnlySpan<float> observation = request.Observation(agent);
        ReadOnlySpan<float> selected = policy.ObservationMode switch
        {
            ObservationMode.Local => observation[..spec.LocalObservationLength],
            ObservationMode.Global => observation[spec.LocalObservationLength..],
            _ => observation,
        };
        return new PolicyContext(selected, spec.ActionSpace, request.Continuous(agent), request.Discrete(agent), _memoryOf[agent], ref request.Random(agent))
        {
            Mask = request.Mask(agent),
        };
    }

    private void Assign(EnvironmentSpec spec)
    {
        string? unknown = _policies.Select(entry => entry.Pattern).FirstOrDefault(pattern => !spec.Agents.Any(agent => AgentPattern.Names(pattern, agent.Id)));
        if (unknown is not null)
        {
            throw new ArgumentException($"No agent of {spec.Id} is named '{unknown}'. Its agents are: {string.Join(", ", spec.Agents.Select(agent => agent.Id))}.");
        }

        _policyOf = [.. spec.Agents.Select(agent => _policies.FirstOrDefault(entry => AgentPattern.Names(entry.Pattern, agent.Id)).Policy)];
        _startKeys = [.. spec.Agents.Select(agent => RandomStream.Key(agent.Id, "policy start"))];
        _memoryOf = [.. _policyOf.Select(policy => new float[policy?.MemoryLength ?? 0])];
    }
}

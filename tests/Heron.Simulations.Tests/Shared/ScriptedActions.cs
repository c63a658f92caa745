using Heron.Core.Policies;

namespace Heron.Simulations.Tests.Shared;

/// <summary>Every agent acts by a rule that a test writes down: agent and observation in, action out, continuous numbers first. Null declines.</summary>
internal sealed class ScriptedActions(Func<string, float[], float[]?> rule) : IActionSource
{
    public void Act(in ActionRequest request)
    {
        foreach (int agent in request.Agents)
        {
            if (rule(request.Spec.Agents[agent].Id, request.Observation(agent).ToArray()) is not { } action)
            {
                request.Decline(agent);
                continue;
            }

            Span<float> continuous = request.Continuous(agent);
            Span<int> discrete = request.Discrete(agent);
            action.AsSpan(0, continuous.Length).CopyTo(continuous);
            for (int head = 0; head < discrete.Length; head++)
            {
                discrete[head] = (int)action[continuous.Length + head];
            }
        }
    }
}

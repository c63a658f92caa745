using Heron.Core.Environments;
using Heron.Core.Policies;

namespace Heron.Core.Tests.Environments;

/// <summary>Answers as a test says, and notes what it was asked.</summary>
internal sealed class ScriptedSource(ActionScript script) : IActionSource
{
    public List<string> Asked { get; } = [];

    public void Begin(EnvironmentSpec spec, uint seed) => Asked.Add($"begin {spec.Agents.Count} agents, seed {seed}");

    public void Act(in ActionRequest request)
    {
        EnvironmentSpec spec = request.Spec;
        Asked.Add($"{request.Number} at {request.TimeSeconds} s: {string.Join(", ", request.Agents.ToArray().Select(agent => spec.Agents[agent].Id))}");
        script(request);
    }
}

internal delegate void ActionScript(in ActionRequest request);

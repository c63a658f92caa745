using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.TestEnvironments.Probe;

/// <summary>Spaces of one kind of Probe agent.</summary>
/// <param name="Name">Start of the agent's id.</param>
/// <param name="Observation">Its observation space.</param>
/// <param name="Action">Its action space.</param>
/// <param name="HasMask">Whether it has an action mask.</param>
internal sealed record ProbeKind(string Name, Space Observation, Space Action, bool HasMask)
{
    // The two box kinds are alike, so that two agents can share a policy.
    private static readonly ProbeKind Box = new("box", new BoxSpace(-5, 5, 3), new BoxSpace([-1, 0], [1, 2]), HasMask: false);

    private static readonly ProbeKind[] Kinds =
    [
        Box,
        new("mixed", Grid(), new MixedSpace(new BoxSpace(-1, 1, 2), new MultiDiscreteSpace(3, 2)), HasMask: true),
        new("discrete", new DiscreteSpace(5), new DiscreteSpace(4), HasMask: true),
        new("multidiscrete", new MultiDiscreteSpace(3, 4), new MultiDiscreteSpace(4, 3), HasMask: false),
        new("multibinary", new BoxSpace(-5, 5, 3), new MultiBinarySpace(3), HasMask: false),
        Box,
    ];

    public static ProbeKind Of(int agent) => Kinds[agent % Kinds.Length];

    public AgentSpec Describe(int agent) => new($"{Name}_{agent}", AgentLevel.Field, null, Observation, Action) { HasActionMask = HasMask };

    private static BoxSpace Grid() => new([.. Enumerable.Repeat(-5f, 6)], [.. Enumerable.Repeat(5f, 6)], [2, 3]);
}

using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Server.Tests.Shared;

/// <summary>Agents that never end: they are asked in every step or never, and do what a test says in each.</summary>
public sealed class EndlessEnvironment : IMultiAgentEnvironment
{
    private readonly AgentFlags _flags;
    private readonly Action _onStep;

    private EndlessEnvironment(EnvironmentSpec spec, AgentFlags flags, Action onStep)
    {
        Spec = spec;
        _flags = flags;
        _onStep = onStep;
    }

    public EnvironmentSpec Spec { get; }

    public int StateByteCount => 0;

    public static EnvironmentDefinition Definition(string id, int agents, int observationLength, bool mustAct, Action onStep) =>
        new EnvironmentDefinition<TankEnvironment.NoParameters>(
            id,
            new EnvironmentCard { Summary = "Never ends.", Description = "Never ends.", VersionHistory = ["v0: first version"] },
            (_, _) =>
            {
                var spec = new EnvironmentSpec(id, [.. Enumerable.Range(0, agents).Select(i =>
                    new AgentSpec($"agent_{i}", AgentLevel.Field, null, BoxSpace.Unbounded(observationLength), new BoxSpace(-1, 1)))]);
                AgentFlags flags = AgentFlags.Alive | AgentFlags.Observed | (mustAct ? AgentFlags.MustAct : AgentFlags.None);
                return new EnvironmentFactory(spec, () => new EndlessEnvironment(spec, flags, onStep));
            });

    public void Reset(uint seed, in StepBuffers buffers) => buffers.Flags.Fill(_flags);

    public void Step(in StepBuffers buffers)
    {
        _onStep();
        buffers.Flags.Fill(_flags);
    }

    public void SaveState(Span<byte> destination)
    {
    }

    public void LoadState(ReadOnlySpan<byte> source)
    {
    }
}

using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Server.Tests.Shared;

/// <summary>One agent that never ends and whose steps do what a test says: wait, fail, count.</summary>
public sealed class ScriptedEnvironment : IMultiAgentEnvironment
{
    private readonly Action _onStep;

    private ScriptedEnvironment(EnvironmentSpec spec, Action onStep)
    {
        Spec = spec;
        _onStep = onStep;
    }

    public EnvironmentSpec Spec { get; }

    public int StateByteCount => sizeof(float);

    private float Steps { get; set; }

    public static EnvironmentDefinition Definition(Action onStep) => new EnvironmentDefinition<NoParameters>(
        "Scripted-v0",
        new EnvironmentCard { Summary = "Does what a test says.", Description = "Observes the number of steps.", VersionHistory = ["v0: first version"] },
        (_, _) => Factory(onStep));

    public static EnvironmentFactory Factory(Action onStep)
    {
        var spec = new EnvironmentSpec("Scripted-v0", [new AgentSpec("agent", AgentLevel.Field, null, BoxSpace.Unbounded(1), new BoxSpace(-1, 1))]);
        return new EnvironmentFactory(spec, () => new ScriptedEnvironment(spec, onStep));
    }

    public void Reset(uint seed, in StepBuffers buffers)
    {
        Steps = 0;
        Report(buffers);
    }

    public void Step(in StepBuffers buffers)
    {
        _onStep();
        Steps++;
        Report(buffers);
    }

    public void SaveState(Span<byte> destination) => BitConverter.TryWriteBytes(destination, Steps);

    public void LoadState(ReadOnlySpan<byte> source) => Steps = BitConverter.ToSingle(source);

    private void Report(in StepBuffers buffers)
    {
        buffers.Observations[0] = Steps;
        buffers.Flags[0] = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
    }

    public sealed record NoParameters;
}

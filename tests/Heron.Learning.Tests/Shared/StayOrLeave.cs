using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Learning.Tests.Shared;

/// <summary>
/// A task in which it matters whether an end is a termination or a truncation. The one agent may stay, which pays 0.1 and
/// goes on, or leave, which pays 0.5 and terminates; after 4 steps it is truncated.
/// </summary>
/// <remarks>
/// With gamma 0.9 staying for ever is worth 0.1 / (1 - 0.9) = 1, so the agent should stay. Who takes the truncation for the end
/// sees at most 0.1 + 0.09 + 0.081 + 0.0729 = 0.34 in staying, and who takes the termination for a cut sees 0.5 + 0.9 v in leaving: either leaves.
/// </remarks>
internal sealed class StayOrLeave(EnvironmentSpec spec, StayOrLeave.Settings settings) : IMultiAgentEnvironment
{
    public const int Stay = 0;
    public const int Leave = 1;

    private const int EpisodeSteps = 4;
    private const AgentFlags Asked = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;

    private int _step;

    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<Settings>(
        "StayOrLeave-v0",
        new EnvironmentCard { Summary = "Stay or leave.", Description = "For tests.", VersionHistory = [] },
        (settings, values) =>
        {
            var spec = new EnvironmentSpec("StayOrLeave-v0", [new AgentSpec("agent", AgentLevel.Field, null, new BoxSpace(0, 1), new DiscreteSpace(2))]) { Parameters = values };
            return new EnvironmentFactory(spec, () => new StayOrLeave(spec, settings));
        });

    public EnvironmentSpec Spec => spec;

    public int StateByteCount => sizeof(int);

    public void Reset(uint seed, in StepBuffers buffers)
    {
        _step = 0;
        buffers.Observations[0] = 1;
        buffers.Rewards[0] = 0;
        buffers.Flags[0] = Asked;
    }

    public void Step(in StepBuffers buffers)
    {
        _step++;
        bool leaves = buffers.DiscreteActions[0] == Leave;
        buffers.Rewards[0] = leaves ? 0.5f : 0.1f;
        buffers.Flags[0] = leaves ? End(AgentFlags.Terminated) : _step < EpisodeSteps ? Asked : End(AgentFlags.Truncated);
    }

    public void SaveState(Span<byte> destination) => BitConverter.TryWriteBytes(destination, _step);

    public void LoadState(ReadOnlySpan<byte> source) => _step = BitConverter.ToInt32(source);

    private AgentFlags End(AgentFlags kind)
    {
        AgentFlags told = !settings.SwapEnds ? kind : kind == AgentFlags.Terminated ? AgentFlags.Truncated : AgentFlags.Terminated;
        return AgentFlags.Observed | told;
    }

    public sealed record Settings
    {
        [EnvironmentParameter("Whether terminations are called truncations and the other way round, as a broken learner would take them.")]
        public bool SwapEnds { get; set; }
    }
}

using System.Runtime.InteropServices;
using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Learning.Tests.Shared;

/// <summary>
/// Plays a script: one text per agent with one letter for the reset and for each step. A = is asked, w = in the episode but
/// not asked, T = terminated, X = truncated, . = not in the episode. At step t agent i observes 100 * episode + t + i / 10
/// and is rewarded with 10^i * t while it is in the episode. Episodes follow one another with the numbers 0, 1, ...
/// </summary>
internal sealed class ScriptedEnvironment(EnvironmentSpec spec, string[] scripts) : IMultiAgentEnvironment
{
    private State _state = new() { Episode = -1 };

    public EnvironmentSpec Spec => spec;

    public int StateByteCount => Marshal.SizeOf<State>();

    public static EnvironmentFactory Factory(params string[] scripts)
    {
        AgentSpec[] agents = [.. scripts.Select((_, i) => new AgentSpec($"agent_{i}", AgentLevel.Field, null, BoxSpace.Unbounded(1), new DiscreteSpace(2)))];
        var spec = new EnvironmentSpec("Scripted-v0", agents) { MetricNames = ["step"] };
        return new EnvironmentFactory(spec, () => new ScriptedEnvironment(spec, scripts));
    }

    /// <summary>What an agent observes.</summary>
    public static float Observation(int episode, int step, int agent) => (100 * episode) + step + (agent / 10f);

    public void Reset(uint seed, in StepBuffers buffers)
    {
        _state = new State { Episode = _state.Episode + 1 };
        Write(buffers);
        buffers.Rewards.Clear();
    }

    public void Step(in StepBuffers buffers)
    {
        _state.Step++;
        Write(buffers);
    }

    public void SaveState(Span<byte> destination) => MemoryMarshal.Write(destination, _state);

    public void LoadState(ReadOnlySpan<byte> source) => _state = MemoryMarshal.Read<State>(source);

    private void Write(in StepBuffers buffers)
    {
        for (int agent = 0; agent < scripts.Length; agent++)
        {
            AgentFlags flags = scripts[agent][_state.Step] switch
            {
                'A' => AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct,
                'w' => AgentFlags.Alive,
                'T' => AgentFlags.Observed | AgentFlags.Terminated,
                'X' => AgentFlags.Observed | AgentFlags.Truncated,
                _ => AgentFlags.None,
            };
            buffers.Flags[agent] = flags;
            buffers.Rewards[agent] = flags == AgentFlags.None ? 0 : _state.Step * MathF.Pow(10, agent);
            if ((flags & AgentFlags.Observed) != 0)
            {
                buffers.Observation(agent)[0] = Observation(_state.Episode, _state.Step, agent);
            }
        }

        buffers.Metrics[0] = _state.Step;
    }

    private struct State
    {
        public int Episode;
        public int Step;
    }
}

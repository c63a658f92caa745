using System.Runtime.InteropServices;
using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Environments;

/// <summary>
/// The smallest environment with everything a vector environment looks at: two agents, of which "a" has a Box and "b" a masked
/// Discrete action; both observe (seed modulo 100, step), are rewarded with step + action, and end after some steps.
/// An episode of the broken seed throws in its first step.
/// </summary>
internal sealed class CounterEnvironment(EnvironmentSpec spec, int episodeSteps, uint? brokenSeed) : IMultiAgentEnvironment
{
    private State _state;

    public EnvironmentSpec Spec => spec;

    public int StateByteCount => Marshal.SizeOf<State>();

    public static EnvironmentFactory Factory(int episodeSteps = 3, string id = "Counter-v0", uint? brokenSeed = null)
    {
        AgentSpec[] agents =
        [
            new("a", AgentLevel.Field, null, BoxSpace.Unbounded(2), new BoxSpace(-1, 1)),
            new("b", AgentLevel.Field, null, BoxSpace.Unbounded(2), new DiscreteSpace(3)) { HasActionMask = true },
        ];
        var spec = new EnvironmentSpec(id, agents)
        {
            MetricNames = ["step"],
            RenderModes = ["ansi"],
            MaxEpisodeSteps = episodeSteps,
            Parameters = new Dictionary<string, object> { ["episode_steps"] = episodeSteps },
        };
        return new EnvironmentFactory(spec, () => new CounterEnvironment(spec, episodeSteps, brokenSeed));
    }

    public void Reset(uint seed, in StepBuffers buffers)
    {
        _state = new State { Seed = seed };
        buffers.Rewards.Clear();
        buffers.Flags.Fill(AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct);
        Write(buffers);
    }

    public void Step(in StepBuffers buffers)
    {
        if (brokenSeed == _state.Seed)
        {
            throw new InvalidOperationException($"broken at {_state.Seed}");
        }

        _state.Step++;
        buffers.Rewards[0] = _state.Step + Math.Clamp(buffers.Continuous(0)[0], -1, 1);
        buffers.Rewards[1] = _state.Step + buffers.Discrete(1)[0];
        if (_state.Step == episodeSteps)
        {
            buffers.Flags[0] = AgentFlags.Observed | AgentFlags.Terminated;
            buffers.Flags[1] = AgentFlags.Observed | AgentFlags.Truncated;
        }

        Write(buffers);
    }

    public void SaveState(Span<byte> destination) => MemoryMarshal.Write(destination, _state);

    public void LoadState(ReadOnlySpan<byte> source) => _state = source.Length == StateByteCount
        ? MemoryMarshal.Read<State>(source)
        : throw new ArgumentException($"The state has {source.Length} bytes instead of {StateByteCount}.", nameof(source));

    public string Render(string mode) => mode == "ansi"
        ? $"seed {_state.Seed} step {_state.Step}"
        : throw new ArgumentException($"There is no mode '{mode}'.", nameof(mode));

    private void Write(in StepBuffers buffers)
    {
        for (int agent = 0; agent < 2; agent++)
        {
            Span<float> observation = buffers.Observation(agent);
            observation[0] = _state.Seed % 100;
            observation[1] = _state.Step;
        }

        buffers.Mask(1).Fill(1);
        buffers.Metrics[0] = _state.Step;
    }

    private struct State
    {
        public uint Seed;
        public int Step;
    }
}

using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Core.Spaces;

namespace Heron.TestEnvironments.Probe;

/// <summary>A random and irregular environment that visits every corner of the environment contract; for tests.</summary>
public sealed class ProbeEnvironment : IMultiAgentEnvironment
{
    /// <summary>Beyond this an agent falls off and is terminated, in m.</summary>
    private const float Edge = 4;

    private readonly ProbeParameters _parameters;
    private readonly ProbeAgentState[] _agents;
    private readonly ulong[] _streamKeys;
    private ProbeClock _clock;

    private ProbeEnvironment(EnvironmentSpec spec, ProbeParameters parameters)
    {
        Spec = spec;
        _parameters = parameters;
        _agents = new ProbeAgentState[parameters.NumAgents];
        _streamKeys = [.. spec.Agents.Select(agent => RandomStream.Key(agent.Id, "moves"))];
    }

    /// <summary>The catalogue entry.</summary>
    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<ProbeParameters>(
        "Probe-v0",
        new EnvironmentCard
        {
            Summary = "Agents of all kinds are pushed about at random; for tests.",
            Description = """
                Each agent has a position in m that decays towards 0, is moved by its action and by noise. Its reward is minus
                the distance from 0 (task near) or the push (task push), times its weight. Some agents join late, some are
                asked every second or third step only, some end early: those with an even number are terminated, the others truncated.
                An agent more than 4 m away is terminated. A forbidden category does nothing and is counted in a metric.
                """,
            VersionHistory = ["v0: first version"],
        },
        Build);

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int StateByteCount => Unsafe.SizeOf<ProbeClock>() + (_agents.Length * Unsafe.SizeOf<ProbeAgentState>());

    /// <inheritdoc/>
    public void Reset(uint seed, in StepBuffers buffers)
    {
        _clock = default;
        for (int agent = 0; agent < _agents.Length; agent++)
        {
            ref ProbeAgentState state = ref _agents[agent];
            state = default;
            state.Random = RandomStream.ForEpisode(seed, _streamKeys[agent]);
            state.Position = (float)state.Random.NextGaussian();
            state.LastPosition = state.Position;
            state.JoinStep = _parameters.JoinLate && agent % 3 == 2 ? 1 + state.Random.NextInt32(4) : 0;
            state.EndStep = _parameters.EndEarly && agent % 3 != 0
                ? (_parameters.EpisodeSteps / 2) + state.Random.NextInt32(_parameters.EpisodeSteps)
                : int.MaxValue;
            buffers.Flags[agent] = JoinOrWait(ref state);
            buffers.Rewards[agent] = 0;
            Report(agent, buffers);
        }

        WriteMetrics(buffers);
    }

    /// <inheritdoc/>
    public void Step(in StepBuffers buffers)
    {
        _clock.Step++;
        for (int agent = 0; agent < _agents.Length; agent++)
        {
            ref ProbeAgentState state = ref _agents[agent];
            if (state.Phase == ProbePhase.Active)
            {
                if ((buffers.Flags[agent] & AgentFlags.MustAct) != 0)
                {
                    TakeAction(agent, buffers);
                }

                Move(ref state);
                buffers.Rewards[agent] = Reward(agent, state);
                buffers.Flags[agent] = EndOrGoOn(agent, ref state);
            }
            else
            {
                buffers.Rewards[agent] = 0;
                buffers.Flags[agent] = state.Phase == ProbePhase.Waiting ? JoinOrWait(ref state) : AgentFlags.None;
            }

            Report(agent, buffers);
        }

        WriteMetrics(buffers);
    }

    /// <inheritdoc/>
    public void SaveState(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, _clock);
        MemoryMarshal.AsBytes(_agents.AsSpan()).CopyTo(destination[Unsafe.SizeOf<ProbeClock>()..]);
    }

    /// <inheritdoc/>
    public void LoadState(ReadOnlySpan<byte> source)
    {
        if (source.Length != StateByteCount)
        {
            throw new ArgumentException($"The state has {source.Length} bytes; this environment takes {StateByteCount}.", nameof(source));
        }

        _clock = MemoryMarshal.Read<ProbeClock>(source);
        source[Unsafe.SizeOf<ProbeClock>()..].CopyTo(MemoryMarshal.AsBytes(_agents.AsSpan()));
    }

    /// <inheritdoc/>
    public string Render(string mode)
    {
        if (mode != "ansi")
        {
            throw new ArgumentException($"{Spec.Id} cannot render '{mode}'. Modes: ansi.", nameof(mode));
        }

        var lines = Spec.Agents.Select((agent, i) =>
            string.Create(CultureInfo.InvariantCulture, $"{agent.Id,-16} {_agents[i].Phase,-8} {_agents[i].Position,8:F3} m"));
        return string.Join('\n', lines.Prepend($"step {_clock.Step}"));
    }

    private static EnvironmentFactory Build(ProbeParameters parameters, IReadOnlyDictionary<string, object> values)
    {
        var spec = new EnvironmentSpec("Probe-v0", [.. Enumerable.Range(0, parameters.NumAgents).Select(agent => ProbeKind.Of(agent).Describe(agent))])
        {
            MaxEpisodeSteps = parameters.EpisodeSteps,
            StepSeconds = 0.5,
            MetricNames = ["step", "mean_position", "forbidden_actions"],
            RenderModes = ["ansi"],
            Parameters = values,
        };
        return new EnvironmentFactory(spec, () => new ProbeEnvironment(spec, parameters));
    }

    private AgentFlags JoinOrWait(ref ProbeAgentState state)
    {
        // Nobody joins an episode that ends in the same step.
        if (_clock.Step < state.JoinStep || _clock.Step >= _parameters.EpisodeSteps)
        {
            return AgentFlags.None;
        }

        state.Phase = ProbePhase.Active;
        return AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
    }

    private void TakeAction(int agent, in StepBuffers buffers)
    {
        Space space = Spec.Agents[agent].ActionSpace;
        ReadOnlySpan<float> numbers = buffers.Continuous(agent);
        ReadOnlySpan<int> categories = buffers.Discrete(agent);
        ref ProbeAgentState state = ref _agents[agent];
        state.Push = 0;
        for (int i = 0; i < numbers.Length; i++)
        {
            state.Push += 0.5f * Math.Clamp(numbers[i], space.Low(i), space.High(i));
        }

        int offset = 0;
        for (int head = 0; head < categories.Length; head++)
        {
            int category = categories[head];
            if (Spec.Agents[agent].HasActionMask && (state.AllowedBits & (1u << (offset + category))) == 0)
            {
                _clock.ForbiddenActions++;
            }
            else
            {
                state.Push += 0.2f * category;
                state.Count += category;
            }

            offset += space.HeadSizes[head];
        }
    }

    private void Move(ref ProbeAgentState state)
    {
        state.LastPosition = state.Position;
        state.Position = (0.8f * state.Position) + (0.2f * state.Push) + (float)(_parameters.Noise * state.Random.NextGaussian());
        state.Count += state.Random.NextInt32(3);
    }

    private float Reward(int agent, in ProbeAgentState state)
    {
        double weight = _parameters.RewardWeights[agent % _parameters.RewardWeights.Length];
        return (float)(weight * (_parameters.Task == "near" ? -Math.Abs(state.Position) : state.Push));
    }

    private AgentFlags EndOrGoOn(int agent, ref ProbeAgentState state)
    {
        // The first agent stays to the end, so that nobody who joins late comes too late.
        bool fell = agent != 0 && Math.Abs(state.Position) > Edge;
        bool early = _clock.Step >= state.EndStep;
        bool late = _clock.Step >= _parameters.EpisodeSteps;
        if (fell || early || late)
        {
            state.Phase = ProbePhase.Finished;
            return AgentFlags.Observed | (fell || (early && agent % 2 == 0) ? AgentFlags.Terminated : AgentFlags.Truncated);
        }

        int period = !_parameters.SlowAgents ? 1 : (agent % 4) switch { 1 => 2, 3 => 3, _ => 1 };
        bool asked = (_clock.Step - state.JoinStep) % period == 0;
        return asked ? AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct : AgentFlags.Alive;
    }

    private void Report(int agent, in StepBuffers buffers)
    {
        if ((buffers.Flags[agent] & AgentFlags.Observed) != 0)
        {
            Observe(agent, buffers.Observation(agent));
        }

        if ((buffers.Flags[agent] & AgentFlags.MustAct) != 0 && Spec.Agents[agent].HasActionMask)
        {
            DrawMask(agent, buffers.Mask(agent));
        }
    }

    private void Observe(int agent, Span<float> observation)
    {
        Space space = Spec.Agents[agent].ObservationSpace;
        ref readonly ProbeAgentState state = ref _agents[agent];
        for (int i = 0; i < space.ContinuousLength; i++)
        {
            float value = (i % 3) switch { 0 => state.Position, 1 => state.LastPosition, _ => state.Push };
            observation[i] = Math.Clamp(value, space.Low(i), space.High(i));
        }

        for (int head = 0; head < space.HeadSizes.Length; head++)
        {
            observation[space.ContinuousLength + head] = (state.Count + head) % space.HeadSizes[head];
        }
    }

    /// <summary>Forbids at most one category of each head, so that one is always left.</summary>
    private void DrawMask(int agent, Span<byte> mask)
    {
        ref ProbeAgentState state = ref _agents[agent];
        mask.Fill(1);
        int offset = 0;
        foreach (int size in Spec.Agents[agent].ActionSpace.HeadSizes)
        {
            int forbidden = state.Random.NextInt32(size + 1);
            if (forbidden < size)
            {
                mask[offset + forbidden] = 0;
            }

            offset += size;
        }

        state.AllowedBits = 0;
        for (int bit = 0; bit < mask.Length; bit++)
        {
            state.AllowedBits |= (uint)mask[bit] << bit;
        }
    }

    private void WriteMetrics(in StepBuffers buffers)
    {
        float sum = 0;
        foreach (ref readonly ProbeAgentState state in _agents.AsSpan())
        {
            sum += state.Position;
        }

        buffers.Metrics[0] = _clock.Step;
        buffers.Metrics[1] = sum / _agents.Length;
        buffers.Metrics[2] = _clock.ForbiddenActions;
    }

    private struct ProbeClock
    {
        public int Step;
        public int ForbiddenActions;
    }
}

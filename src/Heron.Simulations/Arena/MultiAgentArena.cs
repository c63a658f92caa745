using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Simulations.Arena;

/// <summary>
/// The arena of the RLlib tutorial: agent1 explores a grid, agent2 gets in its way. A plain environment on the flat
/// buffers, without HERON's agent tree; nothing in it is random.
/// </summary>
public sealed class MultiAgentArena : IMultiAgentEnvironment
{
    private const float CollisionReward1 = -1f;
    private const float NewFieldReward = 1f;
    private const float KnownFieldReward = -0.5f;
    private const float CollisionReward2 = 1f;
    private const float FreeReward2 = -0.1f;

    private const AgentFlags Acting = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
    private const AgentFlags CutOff = AgentFlags.Observed | AgentFlags.Truncated;

    private readonly int _width;
    private readonly int _height;
    private readonly int _episodeSteps;
    private readonly bool _agent2Collides;
    private readonly ulong[] _visited;
    private ArenaState _state;

    private MultiAgentArena(EnvironmentSpec spec, ArenaParameters parameters)
    {
        Spec = spec;
        _width = parameters.Width;
        _height = parameters.Height;
        _episodeSteps = parameters.Ts;
        _agent2Collides = parameters.Collisions == "either";
        _visited = new ulong[((_width * _height) + 63) / 64];
        Start();
    }

    /// <summary>The catalogue entry of MultiAgentArena-v0.</summary>
    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<ArenaParameters>("MultiAgentArena-v0", ArenaCard.Card, Configure);

    /// <inheritdoc/>
    public EnvironmentSpec Spec { get; }

    /// <inheritdoc/>
    public int StateByteCount => Unsafe.SizeOf<ArenaState>() + (_visited.Length * sizeof(ulong));

    /// <inheritdoc/>
    public void Reset(uint seed, in StepBuffers buffers)
    {
        Start();
        buffers.Rewards.Clear();
        buffers.Flags.Fill(Acting);
        WriteObservations(buffers.Observations);
        WriteMetrics(buffers.Metrics);
    }

    /// <inheritdoc/>
    public void Step(in StepBuffers buffers)
    {
        ref ArenaState s = ref _state;
        bool blocked2 = Move(ref s.Row2, ref s.Column2, buffers.DiscreteActions[1], s.Row1, s.Column1);
        bool blocked1 = Move(ref s.Row1, ref s.Column1, buffers.DiscreteActions[0], s.Row2, s.Column2);
        bool newField = Visit();
        bool collided = blocked1 || (blocked2 && _agent2Collides);

        s.Step++;
        s.Collided = collided ? 1 : 0;
        s.Collisions += s.Collided;
        s.RewardedFields += newField && !collided ? 1 : 0;

        buffers.Rewards[0] = collided ? CollisionReward1 : newField ? NewFieldReward : KnownFieldReward;
        buffers.Rewards[1] = collided ? CollisionReward2 : FreeReward2;
        buffers.Flags.Fill(s.Step < _episodeSteps ? Acting : CutOff);
        WriteObservations(buffers.Observations);
        WriteMetrics(buffers.Metrics);
    }

    /// <inheritdoc/>
    public void SaveState(Span<byte> destination)
    {
        MemoryMarshal.Write(destination, in _state);
        MemoryMarshal.AsBytes(_visited.AsSpan()).CopyTo(destination[Unsafe.SizeOf<ArenaState>()..]);
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The length does not fit, or an agent stands outside the grid; the state is unchanged.</exception>
    public void LoadState(ReadOnlySpan<byte> source)
    {
        if (source.Length != StateByteCount)
        {
            throw new ArgumentException($"A state of this {_height} x {_width} arena has {StateByteCount} bytes; got {source.Length}. Load only what SaveState of an arena with equal parameters wrote.", nameof(source));
        }

        var state = MemoryMarshal.Read<ArenaState>(source);
        if (!IsInside(state.Row1, state.Column1) || !IsInside(state.Row2, state.Column2))
        {
            throw new ArgumentException($"The saved positions ({state.Row1}, {state.Column1}) and ({state.Row2}, {state.Column2}) are not both inside the {_height} x {_width} grid.", nameof(source));
        }

        _state = state;
        source[Unsafe.SizeOf<ArenaState>()..].CopyTo(MemoryMarshal.AsBytes(_visited.AsSpan()));
    }

    /// <inheritdoc/>
    public string Render(string mode) => mode == "ansi"
        ? ArenaRenderer.Draw(_state, _visited, _width, _height, Return1, Return2)
        : throw new ArgumentException($"{Spec.Id} cannot render '{mode}'. Modes: ansi.", nameof(mode));

    private float Return1 => _state.RewardedFields + (CollisionReward1 * _state.Collisions)
        + (KnownFieldReward * (_state.Step - _state.Collisions - _state.RewardedFields));

    private float Return2 => (CollisionReward2 * _state.Collisions) + (FreeReward2 * (_state.Step - _state.Collisions));

    private static EnvironmentFactory Configure(ArenaParameters parameters, IReadOnlyDictionary<string, object> resolved)
    {
        if (parameters.Width * parameters.Height < 2)
        {
            throw new ArgumentException($"MultiAgentArena-v0 of width {parameters.Width} and height {parameters.Height} has one field; two agents need at least two. Raise 'width' or 'height'.");
        }

        int cells = parameters.Width * parameters.Height;
        AgentSpec Agent(string id) => new(id, AgentLevel.Field, null, new MultiDiscreteSpace(cells, cells), new DiscreteSpace(4))
        {
            ObservationLabels = ["own cell (row * width + column)", "other agent's cell (row * width + column)"],
            ActionLabels = ["move (0 up, 1 right, 2 down, 3 left)"],
        };
        var spec = new EnvironmentSpec("MultiAgentArena-v0", [Agent("agent1"), Agent("agent2")])
        {
            MaxEpisodeSteps = parameters.Ts,
            MetricNames = ["collision", "visited_fields", "return_agent1", "return_agent2"],
            RenderModes = ["ansi"],
            Parameters = resolved,
        };
        return new EnvironmentFactory(spec, () => new MultiAgentArena(spec, parameters));
    }

    private void Start()
    {
        _state = new ArenaState { Row2 = _height - 1, Column2 = _width - 1 };
        Array.Clear(_visited);
        Visit();
    }

    /// <summary>Moves one agent: 0 up, 1 right, 2 down, 3 left; an edge holds it.</summary>
    /// <returns>True when the other agent stands in the way, so that it stays where it is.</returns>
    private bool Move(ref int row, ref int column, int action, int otherRow, int otherColumn)
    {
        int newRow = Math.Clamp(row + (action == 2 ? 1 : action == 0 ? -1 : 0), 0, _height - 1);
        int newColumn = Math.Clamp(column + (action == 1 ? 1 : action == 3 ? -1 : 0), 0, _width - 1);
        if (newRow == otherRow && newColumn == otherColumn)
        {
            return true;
        }

        row = newRow;
        column = newColumn;
        return false;
    }

    /// <summary>Marks agent1's field.</summary>
    /// <returns>True when it is new.</returns>
    private bool Visit()
    {
        int cell = (_state.Row1 * _width) + _state.Column1;
        ulong bit = 1UL << (cell & 63);
        ref ulong word = ref _visited[cell >> 6];
        bool isNew = (word & bit) == 0;
        word |= bit;
        _state.VisitedFields += isNew ? 1 : 0;
        return isNew;
    }

    private void WriteObservations(Span<float> observations)
    {
        float cell1 = (_state.Row1 * _width) + _state.Column1;
        float cell2 = (_state.Row2 * _width) + _state.Column2;
        observations[3] = cell1;
        observations[2] = cell2;
        observations[1] = cell2;
        observations[0] = cell1;
    }

    private void WriteMetrics(Span<float> metrics)
    {
        metrics[3] = Return2;
        metrics[2] = Return1;
        metrics[1] = _state.VisitedFields;
        metrics[0] = _state.Collided;
    }

    private bool IsInside(int row, int column) => (uint)row < (uint)_height && (uint)column < (uint)_width;
}

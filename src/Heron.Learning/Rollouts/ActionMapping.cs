using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Learning.Rollouts;

/// <summary>Between the actions a policy gives and those an agent takes: action = clip(scale * given + shift), number by number.</summary>
public sealed class ActionMapping
{
    private readonly EnvironmentLayout _layout;
    private readonly Space[] _policySpaces;

    // Shape (continuous length of all agents), float32 as in the Python client, so that both map to the same bits.
    private readonly float[] _scale;
    private readonly float[] _shift;
    private readonly float[] _low;
    private readonly float[] _high;

    /// <summary>Prepares the mapping of every agent.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="mode">How policies see Box actions.</param>
    /// <exception cref="ArgumentOutOfRangeException">No such mode.</exception>
    public ActionMapping(EnvironmentSpec spec, ActionMappingMode mode)
    {
        if (!Enum.IsDefined(mode))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, "There is no such action mapping; use Rescale, Clip or Off.");
        }

        Mode = mode;
        _layout = spec.Layout;
        _scale = new float[_layout.ContinuousLength];
        _shift = new float[_layout.ContinuousLength];
        _low = new float[_layout.ContinuousLength];
        _high = new float[_layout.ContinuousLength];
        _scale.AsSpan().Fill(1);
        _low.AsSpan().Fill(float.NegativeInfinity);
        _high.AsSpan().Fill(float.PositiveInfinity);
        _policySpaces = new Space[spec.Agents.Count];
        for (int agent = 0; agent < _policySpaces.Length; agent++)
        {
            _policySpaces[agent] = Prepare(spec.Agents[agent].ActionSpace, _layout.Continuous(agent).Start.Value);
        }
    }

    /// <summary>How policies see Box actions.</summary>
    public ActionMappingMode Mode { get; }

    /// <summary>The action space of an agent as its policy sees it; heads are never changed.</summary>
    /// <param name="agent">Index of the agent.</param>
    public Space PolicySpace(int agent) => _policySpaces[agent];

    /// <summary>Turns the continuous part of what a policy gave into the agent's action.</summary>
    /// <param name="agent">Index of the agent.</param>
    /// <param name="given">Shape (continuous length of the agent's action).</param>
    /// <param name="action">Receives as many numbers, within the agent's box where the mode clips.</param>
    public void Map(int agent, ReadOnlySpan<float> given, Span<float> action)
    {
        int start = _layout.Continuous(agent).Start.Value;
        for (int i = 0; i < given.Length; i++)
        {
            float value = (_scale[start + i] * given[i]) + _shift[start + i];
            action[i] = MathF.Min(MathF.Max(value, _low[start + i]), _high[start + i]);
        }
    }

    private Space Prepare(Space space, int start)
    {
        int length = space.ContinuousLength;
        bool bounded = true;
        for (int i = 0; i < length; i++)
        {
            bounded &= float.IsFinite(space.Low(i)) && float.IsFinite(space.High(i));
        }

        if (length == 0 || Mode == ActionMappingMode.Off || (!bounded && Mode == ActionMappingMode.Rescale))
        {
            return space;
        }

        for (int i = 0; i < length; i++)
        {
            _low[start + i] = space.Low(i);
            _high[start + i] = space.High(i);
            if (Mode == ActionMappingMode.Rescale)
            {
                _scale[start + i] = (space.High(i) - space.Low(i)) / 2;
                _shift[start + i] = (space.High(i) + space.Low(i)) / 2;
            }
        }

        var unitBox = new BoxSpace(-1, 1, length);
        return space is MixedSpace mixed ? new MixedSpace(unitBox, mixed.Discrete) : unitBox;
    }
}

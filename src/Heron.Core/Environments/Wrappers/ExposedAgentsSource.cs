using Heron.Core.Policies;
using Heron.Core.Randomness;

namespace Heron.Core.Environments.Wrappers;

/// <summary>Stands between an event-driven copy with all its agents and a source that knows only some: the others take their neutral action.</summary>
/// <param name="shownSpec">With the exposed agents only.</param>
/// <param name="all">With all agents.</param>
/// <param name="inner">Decides for the exposed ones.</param>
internal sealed class ExposedAgentsSource(EnvironmentSpec shownSpec, EnvironmentSpec all, IActionSource inner) : IActionSource
{
    // Index among the exposed agents, or -1.
    private readonly int[] _exposedIndex = [.. all.Agents.Select(agent => shownSpec.Layout.TryGetIndex(agent.Id, out int index) ? index : -1)];
    private readonly int[] _allIndex = [.. shownSpec.Agents.Select(agent => all.IndexOf(agent.Id))];
    private readonly int[] _due = new int[shownSpec.Agents.Count];
    private readonly bool[] _declined = new bool[shownSpec.Agents.Count];
    private readonly RandomStream[] _streams = new RandomStream[shownSpec.Agents.Count];
    private readonly long[] _observedAt = new long[shownSpec.Agents.Count];
    private readonly float[] _observations = new float[shownSpec.Layout.ObservationLength];
    private readonly byte[] _masks = new byte[shownSpec.Layout.MaskLength];
    private readonly float[] _rewards = new float[shownSpec.Agents.Count];
    private readonly float[] _continuous = new float[shownSpec.Layout.ContinuousLength];
    private readonly int[] _discrete = new int[shownSpec.Layout.DiscreteLength];
    private long _requests;

    public void Begin(EnvironmentSpec spec, uint seed)
    {
        _requests = 0;
        inner.Begin(shownSpec, seed);
    }

    public void Act(in ActionRequest request)
    {
        int due = 0;
        foreach (int agent in request.Agents)
        {
            if (_exposedIndex[agent] < 0)
            {
                all.Agents[agent].ActionSpace.WriteNeutral(request.Continuous(agent), request.Discrete(agent));
            }
            else
            {
                _due[due++] = Show(request, agent);
            }
        }

        if (due > 0)
        {
            Ask(request, _due.AsSpan(0, due));
        }
    }

    private int Show(in ActionRequest request, int agent)
    {
        int shown = _exposedIndex[agent];
        request.Observation(agent).CopyTo(_observations.AsSpan(shownSpec.Layout.Observation(shown)));
        request.Mask(agent).CopyTo(_masks.AsSpan(shownSpec.Layout.Mask(shown)));
        _observedAt[shown] = request.ObservedAtNanoseconds(agent);
        _declined[shown] = false;
        return shown;
    }

    private void Ask(in ActionRequest request, ReadOnlySpan<int> due)
    {
        for (int shown = 0; shown < _allIndex.Length; shown++)
        {
            _rewards[shown] = request.Rewards[_allIndex[shown]];
            _streams[shown] = request.Random(_allIndex[shown]);
        }

        inner.Act(new ActionRequest(_declined, _streams, _observedAt)
        {
            Spec = shownSpec,
            Number = ++_requests,
            TimeSeconds = request.TimeSeconds,
            Agents = due,
            Observations = _observations,
            Masks = _masks,
            Rewards = _rewards,
            ContinuousActions = _continuous,
            DiscreteActions = _discrete,
        });
        foreach (int shown in due)
        {
            Answer(request, shown);
        }
    }

    private void Answer(in ActionRequest request, int shown)
    {
        int agent = _allIndex[shown];
        request.Random(agent) = _streams[shown];
        if (_declined[shown])
        {
            request.Decline(agent);
            return;
        }

        _continuous.AsSpan(shownSpec.Layout.Continuous(shown)).CopyTo(request.Continuous(agent));
        _discrete.AsSpan(shownSpec.Layout.Discrete(shown)).CopyTo(request.Discrete(agent));
    }
}

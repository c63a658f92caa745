using Heron.Core.Actions;
using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Randomness;

namespace Heron.Core.Scheduling;

/// <summary>Where decisions are made: agents that are due at one instant are asked together.</summary>
internal sealed class DecisionDesk
{
    private readonly EventRun _run;
    private readonly EventPlan _plan;
    private readonly EnvironmentSpec _spec;
    private readonly bool[] _canBeAsked;
    private readonly ulong[] _streamKeys;
    private readonly RandomStream[] _streams;
    private readonly float[] _rewards;
    private readonly float[] _observations;
    private readonly byte[] _masks;
    private readonly float[] _continuous;
    private readonly int[] _discrete;
    private readonly long[] _sampledAt;
    private readonly bool[] _declined;
    private readonly int[] _asked;
    private readonly bool[] _isDue;
    private readonly Due[] _due;
    private readonly string _sourceName = "";
    private int _dueCount;
    private int _duePriority;
    private long _requests;

    public DecisionDesk(EventRun run, DecisionPool decisions)
    {
        _run = run;
        _plan = run.Plan;
        _spec = _plan.Spec;
        EnvironmentLayout layout = _spec.Layout;
        int agents = layout.AgentCount;
        Decisions = decisions;
        _canBeAsked = [.. _plan.TreeIndex.Select(index => _plan.Agents[index].IsAsked)];
        _streamKeys = [.. _spec.Agents.Select(agent => RandomStream.Key(agent.Id, "actions"))];
        _streams = new RandomStream[agents];
        _rewards = new float[agents];
        _observations = new float[layout.ObservationLength];
        _masks = new byte[layout.MaskLength];
        _continuous = new float[layout.ContinuousLength];
        _discrete = new int[layout.DiscreteLength];
        _sampledAt = new long[agents];
        _declined = new bool[agents];
        _asked = new int[agents];
        _isDue = new bool[agents];
        _due = new Due[agents];
    }

    public DecisionPool Decisions { get; }

    public required IActionSource Source
    {
        get;
        init
        {
            field = value;
            _sourceName = value.GetType().Name;
        }
    }

    public required CoordinationFlow Coordination { get; init; }

    public void Start(uint seed)
    {
        Decisions.Clear();
        _dueCount = 0;
        _requests = 0;
        _isDue.AsSpan().Clear();
        _rewards.AsSpan().Clear();
        for (int i = 0; i < _streams.Length; i++)
        {
            _streams[i] = RandomStream.ForEpisode(seed, _streamKeys[i]);
        }

        Source.Begin(_spec, seed);
    }

    /// <summary>A reward that the agent hears of when it is asked next.</summary>
    public void AddReward(int acting, float reward) => _rewards[acting] += reward;

    /// <summary>The sum of these rewards so far.</summary>
    public float RewardOf(int acting) => _rewards[acting];

    public void Add(int acting, int decision, int priority)
    {
        // Two observations of one agent at one instant are two decisions, one after the other.
        if (_isDue[acting] || (_dueCount > 0 && priority != _duePriority))
        {
            Decide();
        }

        _isDue[acting] = true;
        _due[_dueCount++] = new Due { Acting = acting, Decision = decision };
        _duePriority = priority;
    }

    /// <summary>Asks for decisions as soon as nobody else can become due at this instant and priority.</summary>
    public void DecideWhenComplete()
    {
        if (_dueCount > 0 && !(_run.Queue.TryPeek(out long time, out int priority) && time == _run.Now && priority == _duePriority))
        {
            Decide();
        }
    }

    public int ByteCount => (2 * sizeof(int)) + sizeof(long) + StateWriter.BytesOf<RandomStream>(_streams.Length)
        + StateWriter.BytesOf<float>(_rewards.Length) + StateWriter.BytesOf<Due>(_dueCount) + Decisions.ByteCount;

    public void Save(ref StateWriter writer)
    {
        writer.Write(_dueCount);
        writer.Write(_duePriority);
        writer.Write(_requests);
        writer.WriteAll<RandomStream>(_streams);
        writer.WriteAll<float>(_rewards);
        writer.WriteAll<Due>(_due.AsSpan(0, _dueCount));
        Decisions.Save(ref writer);
    }

    public void Load(ref StateReader reader)
    {
        _dueCount = reader.ReadInt32();
        _duePriority = reader.ReadInt32();
        _requests = reader.ReadInt64();
        reader.ReadAll<RandomStream>(_streams);
        reader.ReadAll<float>(_rewards);
        reader.ReadAll(_due.AsSpan(0, _dueCount));
        Decisions.Load(ref reader);
        _isDue.AsSpan().Clear();
        foreach (ref readonly Due due in _due.AsSpan(0, _dueCount))
        {
            _isDue[due.Acting] = true;
        }
    }

    private void Decide()
    {
        ReadOnlySpan<Due> due = _due.AsSpan(0, _dueCount);
        _dueCount = 0;
        int asked = 0;
        foreach (ref readonly Due item in due)
        {
            _isDue[item.Acting] = false;
            if (IsAsked(item))
            {
                Show(item);
                _asked[asked++] = item.Acting;
            }
        }

        if (asked > 0)
        {
            Ask(_asked.AsSpan(0, asked));
        }

        foreach (ref readonly Due item in due)
        {
            Settle(item);
        }
    }

    private void Show(in Due item)
    {
        EnvironmentLayout layout = _spec.Layout;
        Decisions.Observation(item.Decision, item.Acting).CopyTo(_observations.AsSpan(layout.Observation(item.Acting)));
        Decisions.Mask(item.Decision, item.Acting).CopyTo(_masks.AsSpan(layout.Mask(item.Acting)));
        _sampledAt[item.Acting] = Decisions.Head(item.Decision).SampledAt;
        _declined[item.Acting] = false;
    }

    private void Ask(ReadOnlySpan<int> agents)
    {
        Source.Act(new ActionRequest(_declined, _streams, _sampledAt)
        {
            Spec = _spec,
            Number = ++_requests,
            TimeSeconds = _run.Now / 1e9,
            Agents = agents,
            Observations = _observations,
            Masks = _masks,
            Rewards = _rewards,
            ContinuousActions = _continuous,
            DiscreteActions = _discrete,
        });
    }

    private void Settle(in Due item)
    {
        int agent = _plan.TreeIndex[item.Acting];
        bool hasDecided = Decisions.Head(item.Decision).FromParent || (IsAsked(item) ? TakeAnswer(item) : AskPolicy(item));
        if (hasDecided)
        {
            Decisions.Head(item.Decision).DecidedAt = _run.Now;
            _run.Statistics.CountDecision(agent);
            if (_plan.Coordinates[agent])
            {
                // What is passed on is the action in force; on the coordinator's own state it works with its effect.
                Decisions.Continuous(item.Decision, item.Acting).CopyTo(_run.Plant.ContinuousAction(_plan.Agents[agent]));
                Decisions.Discrete(item.Decision, item.Acting).CopyTo(_run.Plant.DiscreteAction(_plan.Agents[agent]));
            }

            long delay = _run.Delays.Draw(agent, Duration.Action);
            _run.Schedule(delay, EventPriority.StateChange, EventKind.ActionEffect, agent, payload: item.Decision);
        }
        else
        {
            Decisions.Free(item.Decision);
        }

        if (_plan.Coordinates[agent])
        {
            Coordination.Run(agent, hasDecided);
        }
    }

    private Agent AgentOf(in Due item) => _plan.Agents[_plan.TreeIndex[item.Acting]];

    private bool IsAsked(in Due item) => _canBeAsked[item.Acting] && !Decisions.Head(item.Decision).FromParent;

    private bool TakeAnswer(in Due item)
    {
        _rewards[item.Acting] = 0;
        if (_declined[item.Acting])
        {
            return false;
        }

        ActionLimits.Put(
            AgentOf(item),
            _sourceName,
            _continuous.AsSpan(_spec.Layout.Continuous(item.Acting)),
            _discrete.AsSpan(_spec.Layout.Discrete(item.Acting)),
            Decisions.Continuous(item.Decision, item.Acting),
            Decisions.Discrete(item.Decision, item.Acting));
        return true;
    }

    private bool AskPolicy(in Due item)
    {
        Agent agent = AgentOf(item);
        return agent.Policy is not null && DecidePhase.AskPolicy(
            _run.Plant,
            agent,
            Decisions.Observation(item.Decision, item.Acting),
            Decisions.Mask(item.Decision, item.Acting),
            Decisions.Continuous(item.Decision, item.Acting),
            Decisions.Discrete(item.Decision, item.Acting));
    }

    private struct Due
    {
        public int Acting;
        public int Decision;
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>From tick to effect: an agent wakes up, observes, decides, and later its action works on its state.</summary>
internal sealed class AgentFlow(EventRun run, KnownState known, DecisionDesk desk, CoordinationFlow coordination)
{
    private readonly EventPlan _plan = run.Plan;
    private readonly DecisionPool _decisions = desk.Decisions;
    private readonly EventId[] _nextTick = new EventId[run.Plan.Agents.Length];
    private readonly int[] _landed = new int[run.Plan.Spec.Agents.Count];

    public ObservationSampling Sampling { get; set; }

    public IEventObserver? Observer { get; set; }

    public void Start()
    {
        _nextTick.AsSpan().Clear();
        _landed.AsSpan().Clear();
    }

    /// <summary>Agents with a clock of their own get their first tick, one interval from now.</summary>
    public void StartClocks()
    {
        foreach (int agent in _plan.Periodic)
        {
            ScheduleNextTick(agent);
        }
    }

    /// <summary>An agent wakes up: it asks for an observation.</summary>
    /// <param name="agent">Its index in the tree.</param>
    /// <param name="origin">Why; only the agent's own clock goes on from here.</param>
    /// <param name="decision">The decision of the agent above that woke it up, or -1.</param>
    public void Tick(int agent, EventOrigin origin, int decision)
    {
        int acting = _plan.ActingIndex[agent];
        bool isOut = acting < 0 || run.HasEnded[acting];
        if (isOut && !_plan.Coordinates[agent])
        {
            Release(decision);
            return;
        }

        if (origin == EventOrigin.Periodic)
        {
            ScheduleNextTick(agent);
        }

        run.Statistics.CountTick(agent);
        if (isOut)
        {
            // It has nothing to decide, but others wait for it.
            Release(decision);
            coordination.Run(agent, hasDecided: false);
            return;
        }

        if (decision < 0)
        {
            decision = _decisions.Take();
            _decisions.Head(decision).FromParent = false;
        }

        _decisions.Head(decision).TickedAt = run.Now;
        long delay = run.Delays.Draw(agent, Duration.Observation);
        if (delay == 0 || Sampling == ObservationSampling.Request)
        {
            Sample(agent, acting, decision);
        }

        // Without delay the observation belongs to the tick, so that it comes before the physics of this instant.
        int priority = delay == 0 ? EventPriority.StateChange : EventPriority.Message;
        run.Schedule(delay, priority, EventKind.ObservationReady, agent, payload: decision);
    }

    /// <summary>An observation reaches its agent, which then is due for a decision.</summary>
    public void OnObservationReady(int agent, int decision, int priority)
    {
        int acting = _plan.ActingIndex[agent];
        if (run.HasEnded[acting])
        {
            Release(decision);
            return;
        }

        if (priority == EventPriority.Message && Sampling == ObservationSampling.Delivery)
        {
            Sample(agent, acting, decision);
        }

        run.Statistics.CountObservation(agent);
        desk.Add(acting, decision, priority);
    }

    /// <summary>Messages of an agent that are due arrive.</summary>
    public void Receive(int agent)
    {
        _plan.Pipeline.Delivery.DeliverTo(run.Plant, agent);
        if (_plan.PublishesMessages[agent])
        {
            known.Publish(agent);
        }
    }

    /// <summary>A decision takes effect: the action comes in force and works on the agent's own state.</summary>
    public void OnEffect(int agent, int decision)
    {
        int acting = _plan.ActingIndex[agent];
        if (!run.IsAlive(acting))
        {
            Release(decision);
            return;
        }

        Agent who = _plan.Agents[agent];
        Span<float> continuous = run.Plant.ContinuousAction(who);
        Span<int> discrete = run.Plant.DiscreteAction(who);
        _decisions.Continuous(decision, acting).CopyTo(continuous);
        _decisions.Discrete(decision, acting).CopyTo(discrete);
        if (_plan.Applies[agent])
        {
            who.Apply(new AgentContext(run.Plant, who));
        }

        _landed[acting]++;
        ref readonly DecisionHead head = ref _decisions.Head(decision);
        run.Statistics.CountEffect(agent, run.Now - head.SampledAt);
        if (Observer is not null)
        {
            Report(acting, decision, head);
        }

        known.Publish(agent);
        Release(decision);
    }

    /// <summary>The agent's next tick in turn is cancelled; the one after it comes a full interval from now.</summary>
    public void Preempt(int agent)
    {
        if (run.Queue.TryCancel(_nextTick[agent], out _))
        {
            ScheduleNextTick(agent);
        }
    }

    /// <summary>The agent's episode is over: it does not wake up again, unless others wait for it.</summary>
    public void End(int acting, int agent)
    {
        run.HasEnded[acting] = true;
        if (!_plan.Coordinates[agent])
        {
            run.Queue.TryCancel(_nextTick[agent], out _);
        }
    }

    /// <summary>Decisions of an agent that took effect since the last call.</summary>
    public int TakeLanded(int acting)
    {
        int landed = _landed[acting];
        _landed[acting] = 0;
        return landed;
    }

    public void Release(int decision)
    {
        if (decision >= 0)
        {
            _decisions.Free(decision);
        }
    }

    public int ByteCount => StateWriter.BytesOf<EventId>(_nextTick.Length) + StateWriter.BytesOf<int>(_landed.Length);

    public void Save(ref StateWriter writer)
    {
        writer.WriteAll<EventId>(_nextTick);
        writer.WriteAll<int>(_landed);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadAll<EventId>(_nextTick);
        reader.ReadAll<int>(_landed);
    }

    private void ScheduleNextTick(int agent) =>
        _nextTick[agent] = run.Schedule(run.Delays.Draw(agent, Duration.Tick), EventPriority.StateChange, EventKind.AgentTick, agent);

    private void Sample(int agent, int acting, int decision)
    {
        // What is due at this instant is there, although its event comes later in it.
        if (_plan.Receives[agent] && _plan.Pipeline.Delivery.HasDue(run.Plant, agent))
        {
            Receive(agent);
        }

        _decisions.Head(decision).SampledAt = run.Now;
        known.Observe(agent, acting, _decisions.Observation(decision, acting), _decisions.Mask(decision, acting));
    }

    private void Report(int acting, int decision, in DecisionHead head) => Observer!.OnDecision(new LandedDecision
    {
        Agent = acting,
        Observation = _decisions.Observation(decision, acting),
        Mask = _decisions.Mask(decision, acting),
        Continuous = _decisions.Continuous(decision, acting),
        Discrete = _decisions.Discrete(decision, acting),
        ObservedAtSeconds = head.SampledAt / 1e9,
        DecidedAtSeconds = head.DecidedAt / 1e9,
        TimeSeconds = run.Now / 1e9,
        FromParent = head.FromParent,
    });
}

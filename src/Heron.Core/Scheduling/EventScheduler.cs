using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;

namespace Heron.Core.Scheduling;

/// <summary>
/// Drives one copy of a HERON environment by events: agents wake up, observe, decide and act each in its own time, with
/// delays and jitter, while the physics keeps its own clock. The same agents, bridge and score as in step mode.
/// </summary>
/// <remarks>
/// Time is a whole number of nanoseconds. Events happen in the order (time, priority, sequence); the same seed gives the
/// same events. Not safe for concurrent calls. After warm-up no event allocates. Should an agent, bridge, score, handler or
/// action source throw, its exception reaches the caller, and only a reset or a loaded state makes the copy usable again.
/// Made by <see cref="EnvironmentFactory.CreateEventScheduler"/>.
/// </remarks>
public sealed partial class EventScheduler
{
    private readonly EventPlan _plan;
    private readonly EventOptions _options;
    private readonly EventRun _run;
    private readonly KnownState _known;
    private readonly DecisionDesk _desk;
    private readonly AgentFlow _agents;
    private readonly PhysicsFlow _physics;
    private readonly ConditionBoard _conditions;
    private readonly DisturbanceFeed _disturbances;
    private readonly CustomEventFlow _customEvents;
    private readonly DisturbanceSchedule _disturbanceSchedule;
    private EpisodeStatus _status;

    internal EventScheduler(EventPlan plan, ISimulationBridge? bridge, IActionSource source, EventOptions options)
    {
        _plan = plan;
        _options = options;
        _run = new EventRun(plan);
        _known = new KnownState(_run);
        var decisions = new DecisionPool(plan.Spec.Layout);
        var coordination = new CoordinationFlow(_run, decisions);
        _desk = new DecisionDesk(_run, decisions) { Source = source, Coordination = coordination };
        _agents = new AgentFlow(_run, _known, _desk, coordination) { Sampling = options.Sampling, Observer = options.Observer };
        _physics = new PhysicsFlow(_run, _known, _agents, _desk, coordination, bridge) { Observer = options.Observer };
        _conditions = new ConditionBoard(_run, _agents);
        _disturbances = new DisturbanceFeed(_run);
        _customEvents = new CustomEventFlow(_run, _known);
        _disturbanceSchedule = options.Disturbances ?? plan.Disturbances;
        _run.Plant.Events = new EventPost(_run, _customEvents);
        _run.Statistics.RecordsHistory = options.RecordHistory;
        DisturbanceFeed.Check(Spec.Id, plan.State.Tree.Root, _disturbanceSchedule);
        ScheduleResolver.Apply(_run, _physics, options);
        foreach (ConditionMonitor monitor in plan.Conditions.Concat(options.Conditions))
        {
            _conditions.Add(monitor);
        }
    }

    /// <summary>What is fixed about the environment.</summary>
    public EnvironmentSpec Spec => _plan.Spec;

    /// <summary>Simulated time since the reset, in seconds.</summary>
    public double TimeSeconds => _run.Now / 1e9;

    /// <summary>The same as a whole number of nanoseconds.</summary>
    public long TimeNanoseconds => _run.Now;

    /// <summary>Events that are scheduled; cancelled ones do not count.</summary>
    public int PendingEvents => _run.Queue.Pending;

    /// <summary>Whether the episode is over, so that only a reset goes on.</summary>
    public bool IsOver => _status == EpisodeStatus.Over;

    /// <summary>Why the last run came back; null before the first.</summary>
    public EndReason? LastEndReason { get; private set; }

    /// <summary>What has happened since the reset.</summary>
    public EpisodeStatistics Statistics => _run.Statistics;

    /// <summary>Metrics after the last run of the physics, in the order of <see cref="EnvironmentSpec.MetricNames"/>; 0 before the first.</summary>
    public ReadOnlySpan<float> Metrics => _physics.Metrics;

    /// <summary>The state as it is.</summary>
    public StateView State => new(_run.Plant);

    /// <summary>Starts an episode at time 0.</summary>
    /// <param name="seed">The same seed gives the same episode, if the action source answers the same.</param>
    /// <param name="jitterSeed">Another seed for jitter alone; default the same.</param>
    /// <param name="disturbances">Disturbances of this episode alone; default those of the options, else of the environment.</param>
    /// <exception cref="ArgumentException">The environment knows no disturbances.</exception>
    public void Reset(uint seed, uint? jitterSeed = null, DisturbanceSchedule? disturbances = null)
    {
        DisturbanceSchedule schedule = disturbances ?? _disturbanceSchedule;
        DisturbanceFeed.Check(Spec.Id, _plan.State.Tree.Root, schedule);

        // Should an agent or the source throw while they start, there is no episode.
        _status = EpisodeStatus.NotStarted;

        // Agents may send something while they start, so what carries it starts before them.
        _customEvents.Start();
        _run.Start(seed, jitterSeed ?? seed);
        _known.Start();
        _agents.Start();
        _conditions.Start();
        _physics.Start();
        _disturbances.Start(schedule, seed);
        _desk.Start(seed);
        _status = EpisodeStatus.Running;
        LastEndReason = null;
    }

    /// <summary>Lets events happen up to a time; events exactly at it happen.</summary>
    /// <param name="endSeconds">Simulated time since the reset, not before <see cref="TimeSeconds"/>.</param>
    /// <param name="maxEvents">Most events in this call, at least 1; default no limit.</param>
    /// <param name="cancellationToken">Stops between two events; a later call may go on.</param>
    /// <returns>Why it came back. On a limit of time the clock stands there.</returns>
    /// <exception cref="EpisodeStateException">There was no reset, or the episode is over.</exception>
    /// <exception cref="ArgumentException">The time lies in the past, or a number is out of range.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    /// <exception cref="EventOverflowException">Events come faster than they happen; reset it.</exception>
    public EndReason RunUntil(double endSeconds, long? maxEvents = null, CancellationToken cancellationToken = default)
    {
        long end = ScheduleConfig.ToDelay(endSeconds, nameof(endSeconds));
        CheckRunning();
        if (end < _run.Now)
        {
            throw new ArgumentOutOfRangeException(nameof(endSeconds), endSeconds, $"{Spec.Id} stands at {TimeSeconds} s; it cannot run to an earlier time. Reset it first.");
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(maxEvents ?? 1, 1);
        return (LastEndReason = Run(end, maxEvents ?? long.MaxValue, cancellationToken)).Value;
    }

    /// <summary>Lets the next event happen, whenever it is due.</summary>
    /// <param name="happened">The event.</param>
    /// <returns>False when the episode is over: nothing is left, or the next event lies beyond the environment's limit.</returns>
    /// <exception cref="EpisodeStateException">There was no reset, or the episode is over.</exception>
    /// <exception cref="EventOverflowException">Events come faster than they happen; reset it.</exception>
    public bool ProcessNext(out EventInfo happened)
    {
        CheckRunning();
        happened = default;
        if (!_run.Queue.TryPeek(out long time, out _))
        {
            LastEndReason = Close(EndReason.QueueEmpty);
            return false;
        }

        if (time > _plan.Limits.MaxNanoseconds)
        {
            _run.MoveClock(_plan.Limits.MaxNanoseconds);
            LastEndReason = Close(EndReason.MaxSimTime);
            return false;
        }

        happened = Step(describe: true);
        if (HasAgentsEnded())
        {
            LastEndReason = Close(EndReason.Terminated);
        }

        return true;
    }

    /// <summary>Draws the agent tree with the current value of every feature.</summary>
    /// <param name="mode">Only <c>ansi</c>.</param>
    /// <exception cref="ArgumentException">Another mode.</exception>
    public string Render(string mode) => mode == "ansi"
        ? HierarchyRenderer.Draw(_run.Plant)
        : throw new ArgumentException($"{Spec.Id} cannot render '{mode}'. Modes: ansi.", nameof(mode));

    /// <summary>The run so far in numbers.</summary>
    public EpisodeSummary Summarize() => EpisodeSummaries.Of(_run, LastEndReason);

    private EndReason Run(long end, long maxEvents, CancellationToken cancellationToken)
    {
        long limit = Math.Min(end, _plan.Limits.MaxNanoseconds);
        for (long events = 0; ; events++)
        {
            if (!_run.Queue.TryPeek(out long time, out _))
            {
                return Close(EndReason.QueueEmpty);
            }

            if (time > limit)
            {
                _run.MoveClock(limit);
                return limit == _plan.Limits.MaxNanoseconds ? Close(EndReason.MaxSimTime) : EndReason.TimeLimit;
            }

            if (events == maxEvents)
            {
                return EndReason.MaxEvents;
            }

            cancellationToken.ThrowIfCancellationRequested();
            Step(describe: false);
            if (HasAgentsEnded())
            {
                return Close(EndReason.Terminated);
            }
        }
    }

    private EventInfo Step(bool describe)
    {
        EventRecord record = _run.Queue.Pop(out long time, out int priority, out long sequence);
        if (time != _run.Now)
        {
            _run.MoveClock(time);
        }

        _run.Statistics.CountEvent(record);
        EventInfo info = describe || _options.Observer is not null ? Describe(record, time, priority, sequence) : default;
        Dispatch(record, priority);
        _desk.DecideWhenComplete();
        _options.Observer?.OnEvent(info);
        return info;
    }

    private void Dispatch(in EventRecord record, int priority)
    {
        switch (record.Kind)
        {
            case EventKind.AgentTick when record.Agent == _plan.State.Tree.Root.Index && record.Origin == EventOrigin.Periodic:
                _physics.OnSystemTick();
                break;
            case EventKind.AgentTick or EventKind.ConditionTrigger:
                _agents.Tick(record.Agent, record.Origin, record.Payload);
                break;
            case EventKind.ObservationReady:
                _agents.OnObservationReady(record.Agent, record.Payload, priority);
                break;
            case EventKind.ActionEffect:
                _agents.OnEffect(record.Agent, record.Payload);
                break;
            case EventKind.Simulation:
                _physics.OnSimulation(record.Origin);
                _conditions.Evaluate();
                break;
            case EventKind.EnvironmentUpdate:
                OnDisturbance(record);
                break;
            case EventKind.Custom:
                _customEvents.Dispatch(record);
                break;
            default:
                Deliver(record);
                break;
        }
    }

    private void Deliver(in EventRecord record)
    {
        switch (record.Delivery)
        {
            case DeliveryKind.StateVisible:
                _known.OnStateVisible(record.Agent, record.Payload);
                break;
            case DeliveryKind.ResultsVisible:
                _known.OnResultsVisible(record.Payload);
                break;
            case DeliveryKind.PhysicsCompleted:
                _physics.OnPhysicsCompleted(record.Agent, record.Payload);
                break;
            case DeliveryKind.ChildRewarded:
                _physics.OnChildRewarded(record.Agent, record.Payload);
                break;
            case DeliveryKind.TickResult:
                _physics.OnTickResult(record.Agent, record.Payload);
                break;
            default:
                _agents.Receive(record.Agent);
                break;
        }
    }

    private void OnDisturbance(in EventRecord record)
    {
        Disturbance disturbance = _disturbances.Take(record);
        SystemAgent root = _plan.State.Tree.Root;
        root.ApplyDisturbance(new AgentContext(_run.Plant, root), disturbance);
        if (disturbance.RequiresPhysics)
        {
            _run.Schedule(0, EventPriority.Physics, EventKind.Simulation, root.Index, EventOrigin.Disturbance);
            return;
        }

        _known.PublishAll();
        _conditions.Evaluate();
    }

    private bool HasAgentsEnded()
    {
        int ended = _run.Statistics.EndedAgents;
        return ended > 0 && (_plan.Limits.EndRule == EpisodeEndRule.Any || ended == _run.Flags.Length);
    }

    private EndReason Close(EndReason reason)
    {
        _status = EpisodeStatus.Over;
        return reason;
    }

    private void CheckRunning()
    {
        if (_status != EpisodeStatus.Running)
        {
            throw new EpisodeStateException(_status == EpisodeStatus.Over
                ? $"The episode of {Spec.Id} is over ({LastEndReason}); call Reset first."
                : $"{Spec.Id} has not begun; call Reset first.");
        }
    }

    private EventInfo Describe(in EventRecord record, long time, int priority, long sequence) => new(
        time,
        priority,
        sequence,
        record.Kind,
        record.Delivery,
        record.Agent < 0 ? null : _plan.Agents[record.Agent].Id,
        record.Kind switch
        {
            EventKind.Custom => _customEvents.HandlingOf(record).Event.Name,
            EventKind.EnvironmentUpdate => _disturbances.Of(record).Type,
            EventKind.ConditionTrigger => _conditions.NameOf(record.Source),
            _ => null,
        });
}

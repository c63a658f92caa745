using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Server.Driving;

/// <summary>Plays event-driven.</summary>
internal sealed class EventEpisodeRun : EpisodeRun, IEventObserver
{
    // With a limit of steps: rewards may be under way for many runs of the physics, but one that takes as long as this never comes.
    private const long PatienceFactor = 10;

    private readonly EpisodePlan _plan;
    private readonly EventScheduler _scheduler;

    // The scheduler knows all agents of the environment, the source perhaps only some.
    private readonly int[] _innerIndex;
    private readonly int[] _shownIndex;
    private readonly float[] _innerObservation;
    private readonly float[] _lastObservations;
    private readonly long[] _rewards;
    private readonly double[] _returns;
    private CancellationTokenSource _allEnded = new();
    private int _agentsDone;
    private long _stepsTold;
    private uint _episodes;

    public EventEpisodeRun(EpisodePlan plan, IActionSource source)
        : base(plan.Environment.Spec)
    {
        _plan = plan;
        _scheduler = plan.Environment.CreateEventScheduler(source, plan.Options with { Observer = this, RecordHistory = false });
        foreach (ScheduleChange change in plan.Changes)
        {
            change.ApplyTo(_scheduler);
        }

        EnvironmentSpec inner = _scheduler.Spec;
        _innerIndex = [.. Spec.Agents.Select(agent => inner.IndexOf(agent.Id))];
        _shownIndex = [.. inner.Agents.Select(agent => Spec.Layout.TryGetIndex(agent.Id, out int index) ? index : -1)];
        _innerObservation = new float[inner.Agents.Max(agent => agent.ObservationSpace.Length)];
        _lastObservations = new float[Spec.Layout.ObservationLength];
        _rewards = new long[Spec.Agents.Count];
        _returns = new double[Spec.Agents.Count];
    }

    /// <summary>Simulated seconds between two runs of the physics.</summary>
    public double PhysicsIntervalSeconds => _scheduler.GetSchedule(_scheduler.Spec.Hierarchy[0].Id).TickIntervalSeconds;

    public override double TimeSeconds => _scheduler.TimeSeconds;

    public override long Steps => Math.Min(_scheduler.Statistics.PhysicsRuns, _plan.MaxSteps ?? long.MaxValue);

    public override ReadOnlySpan<float> Metrics => _scheduler.Metrics;

    public override ReadOnlySpan<float> LastObservation(int agent) => _lastObservations.AsSpan(Spec.Layout.Observation(agent));

    public override float RewardSinceAsked(int agent) => _scheduler.RewardSinceAsked(_innerIndex[agent]);

    public override EpisodeReport Report(EpisodeEnd end) => base.Report(end) with { Events = _scheduler.Summarize() };

    public void OnReward(in RewardRecord reward)
    {
        int agent = _shownIndex[reward.Agent];
        if (agent < 0 || _rewards[agent] >= _plan.MaxSteps)
        {
            return;
        }

        _rewards[agent]++;
        _returns[agent] += reward.Reward;
        bool hasEnded = reward.IsTerminated || reward.IsTruncated;
        if (hasEnded)
        {
            Note(agent, (reward.IsTerminated ? AgentFlags.Terminated : AgentFlags.None) | (reward.IsTruncated ? AgentFlags.Truncated : AgentFlags.None));
        }

        _agentsDone += hasEnded || _rewards[agent] >= _plan.MaxSteps ? 1 : 0;
        if (_agentsDone == _rewards.Length)
        {
            _allEnded.Cancel();
        }
    }

    public void OnEvent(in EventInfo happened)
    {
        if (Steps > _stepsTold)
        {
            _stepsTold++;
            OnStepped();
        }
        else if (_scheduler.Statistics.PhysicsRuns > _plan.MaxSteps * PatienceFactor)
        {
            _allEnded.Cancel();
        }
    }

    public override void Dispose()
    {
        _allEnded.Dispose();
        base.Dispose();
    }

    protected override void Reset(uint seed)
    {
        _allEnded.Dispose();
        _allEnded = new CancellationTokenSource();
        _rewards.AsSpan().Clear();
        _returns.AsSpan().Clear();
        _agentsDone = 0;
        _stepsTold = 0;
        _scheduler.Reset(seed, _plan.JitterSeed is uint jitter ? unchecked(jitter + _episodes) : null);
        _episodes++;
    }

    protected override EpisodeEnd PlayOn(CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, _allEnded.Token);
        try
        {
            return _scheduler.RunUntil(_plan.EndSeconds, _plan.MaxEvents, end.Token) switch
            {
                EndReason.TimeLimit => EpisodeEnd.TimeLimit,
                EndReason.MaxEvents => EpisodeEnd.MaxEvents,
                EndReason.MaxSimTime => EpisodeEnd.MaxSimTime,
                EndReason.QueueEmpty => EpisodeEnd.QueueEmpty,
                _ => EpisodeEnd.Terminated,
            };
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return !_allEnded.IsCancellationRequested ? EpisodeEnd.Stopped
                : HaveAllEnded ? EpisodeEnd.Terminated
                : EpisodeEnd.MaxSteps;
        }
    }

    protected override bool TakesPart(int agent) => true;

    protected override double ReturnOf(int agent) => _returns[agent];

    protected override void Note(int agent, AgentFlags end)
    {
        base.Note(agent, end);
        AgentSpec inner = _scheduler.Spec.Agents[_innerIndex[agent]];
        Span<float> observed = _innerObservation.AsSpan(0, inner.ObservationSpace.Length);
        Span<float> shown = _lastObservations.AsSpan(Spec.Layout.Observation(agent));
        _scheduler.Observe(_innerIndex[agent], observed);
        if (ReferenceEquals(inner.ObservationSpace, Spec.Agents[agent].ObservationSpace))
        {
            observed.CopyTo(shown);
        }
        else
        {
            OneHotObservations.Encode(inner.ObservationSpace, observed, shown);
        }
    }
}

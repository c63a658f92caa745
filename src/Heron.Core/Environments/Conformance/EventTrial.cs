using System.Globalization;
using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Core.Environments.Conformance;

/// <summary>One event-driven copy of the environment under examination, whose agents act at random, and what its last event did.</summary>
internal sealed class EventTrial : IActionSource, IEventObserver
{
    /// <summary>Runs of the physics after which an episode is left, if everybody has woken up by then.</summary>
    public const int PhysicsRuns = 25;

    // Agents that sleep even longer are not waited for.
    private const int MostPhysicsRuns = 10 * PhysicsRuns;

    // An hour of physics with agents that wake up every second shows nothing new, it only takes longer.
    private const int MostTicksPerPhysicsRun = 20;

    private readonly RandomActions _actions = new();
    private readonly List<EventDecision> _decisions = [];
    private readonly List<RewardRecord> _rewards = [];
    private readonly long _maxEvents;
    private bool _haveAllTicked;

    public EventTrial(Trial trial)
    {
        Scheduler = NewScheduler(trial, this, this);
        _maxEvents = 20_000 + (500L * Scheduler.Spec.Hierarchy.Count);
    }

    public EventScheduler Scheduler { get; }

    /// <summary>The first number outside its range since the reset, as a sentence without its place, or null.</summary>
    public string? BadNumber { get; private set; }

    public uint Seed { get; private set; }

    /// <summary>Events since the reset.</summary>
    public long Events => Scheduler.Statistics.Events;

    /// <summary>Whether there is more to see in this episode.</summary>
    public bool GoesOn => !Scheduler.IsOver && Events < _maxEvents
        && Scheduler.Statistics.PhysicsRuns < (_haveAllTicked ? PhysicsRuns : MostPhysicsRuns);

    /// <summary>For messages: when in which episode.</summary>
    public string Moment => Events == 0
        ? $"Reset({Seed}), event-driven"
        : string.Create(CultureInfo.InvariantCulture, $"Event-driven episode of seed {Seed}, {Scheduler.TimeSeconds} s, event {Events}");

    /// <summary>For messages: what happened when in which episode.</summary>
    public string Place => Events == 0 ? Moment : $"{Moment} ({Describe(Last)})";

    private EventInfo Last { get; set; }

    /// <summary>A copy with the schedules that the environment declares; only agents that wake up far more often than the physics runs are slowed down.</summary>
    public static EventScheduler NewScheduler(Trial trial, IActionSource source, IEventObserver? observer)
    {
        var options = new EventOptions { Observer = observer };
        IReadOnlyDictionary<string, ScheduleConfig> slow = trial.Factory.CreateEventScheduler(source, options).SlowedDown(MostTicksPerPhysicsRun);
        return trial.Factory.CreateEventScheduler(source, options with { Schedules = slow });
    }

    /// <summary>An event in words.</summary>
    public static string Describe(in EventInfo happened)
    {
        string kind = happened.Kind == EventKind.MessageDelivery ? $"{happened.Kind} {happened.Delivery}" : $"{happened.Kind}";
        return $"{kind}{(happened.Name is { } name ? $" '{name}'" : "")}{(happened.AgentId is { } agent ? $" of agent '{agent}'" : "")}";
    }

    public void Reset(uint seed)
    {
        Seed = seed;
        Begin();
        Scheduler.Reset(seed);
    }

    /// <summary>Lets the next event happen.</summary>
    /// <returns>False when the episode is over.</returns>
    public bool Next()
    {
        _decisions.Clear();
        _rewards.Clear();
        if (Scheduler.IsOver || !Scheduler.ProcessNext(out EventInfo happened))
        {
            return false;
        }

        Last = happened;
        if (happened.Kind == EventKind.Simulation)
        {
            _haveAllTicked = _haveAllTicked || Scheduler.HaveAllTicked(times: 2);
        }

        BadNumber ??= BadMetric();
        return true;
    }

    /// <summary>Plays an episode, or its beginning.</summary>
    public void Play(uint seed, long physicsRuns = long.MaxValue)
    {
        Reset(seed);
        while (GoesOn && Scheduler.Statistics.PhysicsRuns < physicsRuns)
        {
            Next();
        }
    }

    /// <summary>Continues where another copy stands.</summary>
    public void ContinueFrom(EventTrial other)
    {
        byte[] state = new byte[other.Scheduler.StateByteCount];
        other.Scheduler.SaveState(state);
        Seed = other.Seed;
        Begin();
        Scheduler.LoadState(state);
        Last = other.Last;
    }

    /// <summary>Lets events happen in this copy and in one that must do the same, until they differ.</summary>
    /// <returns>The first difference, or null.</returns>
    public string? FindDifference(EventTrial actual)
    {
        string? difference = null;
        while (difference is null && GoesOn)
        {
            (bool goesOn, bool actualGoesOn) = (Next(), actual.Next());
            difference = goesOn == actualGoesOn
                ? actual.DifferenceFrom(this)
                : $"{actual.Place}: {(goesOn ? $"the episode is over instead of going on with {Describe(Last)}" : "the episode goes on instead of being over")}.";
        }

        return difference;
    }

    void IActionSource.Act(in ActionRequest request)
    {
        foreach (int agent in request.Agents)
        {
            LookAt(request.Spec.Agents[agent], request.Observation(agent));
        }

        _actions.Act(request);
    }

    void IEventObserver.OnDecision(in LandedDecision decision)
    {
        LookAt(Scheduler.Spec.Agents[decision.Agent], decision.Observation);
        _decisions.Add(EventDecision.Of(decision));
    }

    void IEventObserver.OnReward(in RewardRecord reward)
    {
        _rewards.Add(reward);
        if (!float.IsFinite(reward.Reward))
        {
            BadNumber ??= string.Create(CultureInfo.InvariantCulture, $"agent '{Scheduler.Spec.Agents[reward.Agent].Id}' has reward {reward.Reward}");
        }
    }

    private void Begin()
    {
        Last = default;
        BadNumber = null;
        _haveAllTicked = false;
    }

    private void LookAt(AgentSpec agent, ReadOnlySpan<float> observation)
    {
        if (BadNumber is null && ObservationText.Violation(agent, observation) is { } violation)
        {
            BadNumber = $"agent '{agent.Id}' {violation}";
        }
    }

    private string? BadMetric()
    {
        ReadOnlySpan<float> metrics = Scheduler.Metrics;
        for (int i = 0; i < metrics.Length; i++)
        {
            if (!float.IsFinite(metrics[i]))
            {
                return string.Create(CultureInfo.InvariantCulture, $"metric '{Scheduler.Spec.MetricNames[i]}' is {metrics[i]}");
            }
        }

        return null;
    }

    private string? DifferenceFrom(EventTrial expected)
    {
        if (Last != expected.Last)
        {
            return string.Create(CultureInfo.InvariantCulture, $"{Place}: expected is {Describe(expected.Last)} at {expected.Last.TimeSeconds} s.");
        }

        string? found = Compare(_decisions, expected._decisions, decision => (Scheduler.Spec.Agents[decision.Agent].Id, decision.ToString()))
            ?? Compare(_rewards, expected._rewards, reward => (Scheduler.Spec.Agents[reward.Agent].Id, string.Create(CultureInfo.InvariantCulture, $"has reward {reward.Reward}")));
        if (found is null && !Scheduler.Metrics.SequenceEqual(expected.Scheduler.Metrics))
        {
            found = $"there are metrics [{string.Join(", ", Scheduler.Metrics.ToArray())}] instead of [{string.Join(", ", expected.Scheduler.Metrics.ToArray())}]";
        }

        return found is null ? null : $"{Place}: {found}.";
    }

    private static string? Compare<T>(List<T> actual, List<T> expected, Func<T, (string Agent, string Text)> describe)
        where T : IEquatable<T>
    {
        for (int i = 0; i < Math.Min(actual.Count, expected.Count); i++)
        {
            if (!actual[i].Equals(expected[i]))
            {
                return $"agent '{describe(actual[i]).Agent}' {describe(actual[i]).Text}; expected is that '{describe(expected[i]).Agent}' {describe(expected[i]).Text}";
            }
        }

        // The longer list holds what the other lacks.
        return actual.Count == expected.Count ? null
            : actual.Count > expected.Count ? $"agent '{describe(actual[expected.Count]).Agent}' {describe(actual[expected.Count]).Text}; expected is that it does not"
            : $"agent '{describe(expected[actual.Count]).Agent}' lacks what is expected: that it {describe(expected[actual.Count]).Text}";
    }
}

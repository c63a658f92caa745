using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Features;

/// <summary>Delayed reads, and what features were at the last rewards.</summary>
public sealed class StateHistoryTests
{
    // x is the number of steps so far: 0 at 0 s, 1 at 1 s, 2 at 2 s.
    [Theory]
    [InlineData(2, 0.5, 1)]
    [InlineData(2, 0, 2)]
    [InlineData(2, 1, 1)]
    [InlineData(2, 1.7, 0)]
    [InlineData(1, 5, 0)]
    [InlineData(0, 0.5, 0)]
    public void Ago_SomeSeconds_IsTheNewestStateOfThatMomentOrBefore(int steps, double secondsAgo, float expected)
    {
        using var run = new SingleRun(Watcher.Factory(historyLength: 8, secondsAgo));
        run.Reset();
        for (int i = 0; i < steps; i++)
        {
            run.Step();
        }

        Assert.Equal([steps, expected], run.Observation("watcher"));
    }

    [Fact]
    public void Ago_BeyondWhatIsKept_IsTheOldest()
    {
        using var run = new SingleRun(Watcher.Factory(historyLength: 3, secondsAgo: 50));
        run.Reset();
        for (int i = 0; i < 10; i++)
        {
            run.Step();
        }

        Assert.Equal([10f, 8f], run.Observation("watcher"));
    }

    [Fact]
    public void Ago_AfterAReset_KnowsNothingOfTheEpisodeBefore()
    {
        using var run = new SingleRun(Watcher.Factory(historyLength: 8, secondsAgo: 1));
        run.Reset();
        run.Step();
        run.Step();

        run.Reset();

        Assert.Equal([0f, 0f], run.Observation("watcher"));
    }

    [Fact]
    public void Ago_NoHistory_SaysWhatToSet()
    {
        using var run = new SingleRun(Watcher.Factory(historyLength: 0, secondsAgo: 1));

        var error = Assert.Throws<InvalidOperationException>(() => run.Reset());

        Assert.Contains("set HistoryLength", error.Message);
    }

    [Fact]
    public void LoadState_WithHistory_LooksBackAlike()
    {
        EnvironmentFactory factory = Watcher.Factory(historyLength: 4, secondsAgo: 2);
        using var original = new VectorEnvironment(factory, 1);
        using var copy = new VectorEnvironment(factory, 1);
        original.Reset(0);
        copy.Reset(0);
        for (int i = 0; i < 3; i++)
        {
            original.Step();
        }

        byte[] state = new byte[original.StateByteCount];
        original.SaveState(state);
        copy.LoadState(state);
        copy.Step();

        Assert.Equal([4f, 2f], copy.Observations.Row(0));
    }

    // Ticks every second, an effect at each; looks back 1.5 s: at 4 s the state of 2 s counts, with its effect.
    [Fact]
    public void Ago_EventDriven_CountsFromTheMomentOfTheTick()
    {
        EnvironmentFactory factory = Watcher.Factory(historyLength: 16, secondsAgo: 1.5);
        var source = new PairLog();
        EventScheduler scheduler = factory.CreateEventScheduler(source, new EventOptions { Schedules = new Dictionary<string, ScheduleConfig> { ["watcher"] = new ScheduleConfig(1) }, PhysicsIntervalSeconds = 100 });
        scheduler.Reset(0);

        scheduler.RunUntil(4, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([(1, 0, 0), (2, 1, 0), (3, 2, 1), (4, 3, 2)], source.Pairs);
    }

    [Fact]
    public void GetPrevious_AtRewards_IsTheValueOfTheRewardsBefore()
    {
        using var run = new SingleRun(Saver.Factory());
        run.Reset();
        run.StepWith(("saver", [1f]));
        float first = run.Reward("saver");
        run.StepWith(("saver", [.5f]));

        Assert.Equal((1f, .5f), (first, run.Reward("saver")));
    }

    // Three effects, then the physics: the reward is for all three together.
    [Fact]
    public void GetPrevious_EventDriven_CoversAllEffectsSinceTheRewardBefore()
    {
        EventScheduler scheduler = Saver.Factory().CreateEventScheduler(new Scheduling.EventRig.AlwaysOne(), new EventOptions { PhysicsIntervalSeconds = 3 });
        scheduler.Reset(0);

        scheduler.RunUntil(6, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal([3f, 3f], scheduler.Statistics.Rewards.ToArray().Select(reward => reward.Reward));
    }

    [Fact]
    public void GetPrevious_FeatureThatKeepsNone_SaysHowToDeclareIt()
    {
        EnvironmentFactory factory = new HeronEnvironmentBuilder("Saver-v0").Add(new PlainSystem()).Add(new Saver(keepsPrevious: false), "system").Build();
        using var run = new SingleRun(factory);

        var error = Assert.Throws<InvalidOperationException>(() => run.Reset());

        Assert.Contains("keepsPrevious: true", error.Message);
    }

    /// <summary>Acts with 1 and notes time and both numbers.</summary>
    private sealed class PairLog : IActionSource
    {
        public List<(double Time, float Now, float Past)> Pairs { get; } = [];

        public void Act(in ActionRequest request)
        {
            ReadOnlySpan<float> observation = request.Observation(0);
            Pairs.Add((request.TimeSeconds, observation[0], observation[1]));
            request.Continuous(0)[0] = 1;
        }
    }

    /// <summary>Counts in x, and observes x now and some seconds ago.</summary>
    private sealed class Watcher : FieldAgent
    {
        private readonly Feature<Reading> _x;
        private readonly double _secondsAgo;

        private Watcher(double secondsAgo)
            : base("watcher")
        {
            _secondsAgo = secondsAgo;
            _x = AddFeature(default(Reading), Visibility.Owner);
            ActionSpace = new BoxSpace(-1, 1);
            ObservationSpace = BoxSpace.Unbounded(2);
        }

        public static EnvironmentFactory Factory(int historyLength, double secondsAgo) =>
            new HeronEnvironmentBuilder("Watcher-v0", new HeronEnvironmentOptions { HistoryLength = historyLength }).Add(new PlainSystem()).Add(new Watcher(secondsAgo), "system").Build();

        public override void Apply(in AgentContext context) => context.Get(_x).Value += 1;

        public override void Observe(in AgentView view, Span<float> observation)
        {
            observation[0] = view.Get(_x).Value;
            observation[1] = view.Ago(_secondsAgo).Get(_x).Value;
        }
    }

    /// <summary>Saves its action, and is paid what it saved since it was paid.</summary>
    private sealed class Saver : FieldAgent
    {
        private readonly Feature<Reading> _saved;

        public Saver(bool keepsPrevious)
            : base("saver")
        {
            _saved = AddFeature(default(Reading), Visibility.Owner, keepsPrevious: keepsPrevious);
            ActionSpace = new BoxSpace(0, 1);
        }

        public static EnvironmentFactory Factory() => new HeronEnvironmentBuilder("Saver-v0").Add(new PlainSystem()).Add(new Saver(keepsPrevious: true), "system").Build();

        public override void Apply(in AgentContext context) => context.Get(_saved).Value += context.Action[0];

        public override double Reward(in AgentView view) => view.Get(_saved).Value - view.GetPrevious(_saved).Value;
    }
}

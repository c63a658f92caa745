using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Rewards;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Rewards;

public sealed class RewardScoreTests
{
    // Voltages of 1.07 and 0.93 p.u. exceed 0.95..1.05 by 0.02 each, a loading of 120 % counts 0.01 per point beyond 100: safety 0.24.
    // With a cost of 3 and a penalty of 10 that is -5.4; the other agent costs 1.4. Shared, both get -3.4.
    [Fact]
    public void CostSafetyScore_PenaltyTen_IsTheWorkedExample()
    {
        Plant plant = Plant.Of((3, 0.24), (1.4, 0));
        TeamRun run = plant.Start(new CostSafetyOptions { Penalty = 10 });
        Plant shared = Plant.Of((3, 0.24), (1.4, 0));
        TeamRun sharedRun = shared.Start(new CostSafetyOptions { Penalty = 10 }, new SharedReward());

        run.Step();
        sharedRun.Step();

        Assert.Equal([-5.4f, -1.4f], run.Rewards.ToArray());
        Assert.Equal([4.4f, 0.24f], run.Metrics.ToArray());
        Assert.Equal([-3.4f, -3.4f], sharedRun.Rewards.ToArray(), (expected, actual) => MathF.Abs(expected - actual) < 1e-6f);
        Assert.Equal([4.4f, 0.24f], sharedRun.Metrics.ToArray());
    }

    [Fact]
    public void CostSafetyScore_WithoutOptions_IsMinusCostMinusSafety()
    {
        TeamRun run = Plant.Of((3, 0.25), (1.5, 0)).Start();

        run.Step();

        Assert.Equal([-3.25f, -1.5f], run.Rewards.ToArray());
    }

    [Fact]
    public void CostSafetyScore_StepThatFailed_HasTheFailuresRewardAndItsPenalty()
    {
        Plant plant = Plant.Of((3, 0.25), (1.5, 0));
        TeamRun run = plant.Start(new CostSafetyOptions { Penalty = 10, Failure = plant.Grid.FindField("has_failed") });

        run.Store.Get(plant.Grid.Failure).HasFailed = true;
        run.Step();

        Assert.Equal([-400f, -400f], run.Rewards.ToArray());
        Assert.Equal([4.5f, 40], run.Metrics.ToArray());
    }

    [Fact]
    public void CostSafetyScore_CoordinatorWithoutMetrics_AnswersForThoseBelow()
    {
        Plant plant = Plant.Of((3, 0.25), (1.5, 0.5));
        TeamRun run = plant.Start(leadActs: true);

        run.Step();

        Assert.Equal([-5.25f, -3.25f, -2], run.Rewards.ToArray());
    }

    [Fact]
    public void CostSafetyScore_MetricsBelowZero_CountAsZero()
    {
        TeamRun run = Plant.Of((-3, -1), (1.5, 0)).Start();

        run.Step();

        Assert.Equal([0f, -1.5f], run.Rewards.ToArray());
        Assert.Equal(0, run.Read("d0", "cost"));
    }

    [Theory]
    [InlineData(-1, 20, "The penalty of a cost and safety score")]
    [InlineData(double.NaN, 20, "The penalty of a cost and safety score")]
    [InlineData(1, double.PositiveInfinity, "The safety of a failure of a cost and safety score")]
    public void CostSafetyScore_NumberOutOfRange_NamesIt(double penalty, double failureSafety, string expected)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new CostSafetyScore([], new CostSafetyOptions { Penalty = penalty, FailureSafety = failureSafety }));

        Assert.Contains(expected, error.Message, StringComparison.Ordinal);
    }

    // The short one ends after the first step, so that the second is the long one's alone.
    [Fact]
    public void SharedReward_AgentThatHasEnded_IsNotCounted()
    {
        using var run = new SingleRun(Countdown.ScoredFactory(new SharedReward(), ("short", 1), ("long", 3)));
        run.Reset();

        run.Step();
        float[] first = run.Rewards;
        run.Step();

        Assert.Equal([1f, 1f], first);
        Assert.Equal([0f, 2f], run.Rewards);
    }

    // Drones at x = 0.5 and 0.2 with r = x - x^2 / 2 get 0.375 and 0.18; the fleet both, and the fleet of fleets the same again.
    [Fact]
    public void TeamReward_TwoLevels_AddsUpFromTheLeaves()
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Fleet-v0").Add(new PlainSystem()).Add(new ActingCoordinator("fleets"), "system").Add(new ActingCoordinator("fleet"), "fleets")
            .Add(new Drone("near", 0.5), "fleet").Add(new Drone("far", 0.2), "fleet").ScoreWith(new TeamReward());
        var run = new TeamRun(builder.Build());

        run.Step();

        Assert.Equal([0.555f, 0.555f, 0.375f, 0.18f], run.Rewards.ToArray());
    }

    private sealed class Drone : FieldAgent
    {
        private readonly double _x;

        public Drone(string id, double x)
            : base(id)
        {
            _x = x;
            ActionSpace = new BoxSpace(-1, 1);
        }

        public override double Reward(in AgentView view) => _x - (_x * _x / 2);
    }

    /// <summary>Devices whose every step costs the same, under a lead under a grid that may fail.</summary>
    private sealed class Plant
    {
        private readonly Device[] _devices;

        private Plant((double Cost, double Safety)[] steps) => _devices = [.. steps.Select((step, i) => new Device($"d{i}", step.Cost, step.Safety))];

        public FailingGrid Grid { get; } = new();

        public static Plant Of(params (double Cost, double Safety)[] steps) => new(steps);

        public TeamRun Start(CostSafetyOptions? options = null, EnvironmentScore? then = null, bool leadActs = false)
        {
            HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Plant-v0").Add(Grid).Add(leadActs ? new ActingCoordinator("lead") : new PlainCoordinator("lead"), "grid");
            foreach (Device device in _devices)
            {
                builder.Add(device, "lead");
            }

            builder.ScoreWith(new CostSafetyScore(_devices.Select(device => device.Metrics), options));
            return new TeamRun((then is null ? builder : builder.ScoreWith(then)).Build());
        }
    }

    private sealed class FailingGrid : SystemAgent
    {
        public FailingGrid()
            : base("grid") => Failure = AddFeature(default(PowerFlowState), Visibility.None);

        public Feature<PowerFlowState> Failure { get; }

        public struct PowerFlowState
        {
            public bool HasFailed;
        }
    }

    private sealed class Device : FieldAgent
    {
        private readonly CostSafetyMetrics _step;

        public Device(string id, double cost, double safety)
            : base(id)
        {
            _step = new CostSafetyMetrics { Cost = cost, Safety = safety };
            Metrics = AddFeature(default(CostSafetyMetrics), Visibility.Public, check: CostSafetyMetrics.HoldAtZero);
            ActionSpace = new BoxSpace(-1, 1);
        }

        public Feature<CostSafetyMetrics> Metrics { get; }

        public override void Apply(in AgentContext context) => context.Get(Metrics) = _step;
    }
}

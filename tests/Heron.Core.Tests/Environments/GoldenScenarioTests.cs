using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Environments;

/// <summary>The small worked scenarios of the HERON reference, with its numbers.</summary>
/// <remarks>
/// Two rooms are Thermostat-v0 and tested with it. Left out: the reference's generators under a coordinator that acts every
/// 60 steps, whose joint action is lost (agents here act in every step unless they declare a <c>StepPeriod</c>), and its water
/// dispatch with a demand of 5 for all, which comes from forgetting the demands given (initial values here are kept).
/// </remarks>
public sealed class GoldenScenarioTests
{
    // Filled by 5a, 2 % drained, then a tenth of the difference flows from the fuller to the emptier tank.
    [Fact]
    public void WaterTanks_TwentySteps_FollowTheReference()
    {
        Plant[] tanks = [new("tank_a", 1, Fill), new("tank_b", 1, Fill)];
        TeamRun run = Start(tanks, builder => builder.SimulateWith((states, in _) =>
        {
            float[] levels = [.. states.Values.Skip(1).Select(state => state.ToVector()[0] * 0.98f)];
            float flow = 0.1f * (levels[0] - levels[1]);
            return [WithLevel(states["tank_a"], levels[0] - flow), WithLevel(states["tank_b"], levels[1] + flow)];
        }));

        (float A, float B)[] levels = [.. Enumerable.Range(0, 20).Select(_ =>
        {
            run.Step(("tank_a", [0.8f]), ("tank_b", [-0.5f]));
            return (run.Observation("tank_a")[0], run.Observation("tank_b")[0]);
        })];

        AssertNear([52.283, 47.187, 54.0209, 44.9297, 57.3013, 33.8903], [levels[0].A, levels[0].B, levels[1].A, levels[1].B, levels[19].A, levels[19].B]);
        Assert.Equal([levels[19].A, 100, levels[19].B, 100], run.Observation("tank_a"));
    }

    [Fact]
    public void WaterTanks_FirstStep_HasTheRewardsOfTheReference()
    {
        Plant[] tanks = [new("tank_a", 1, Fill), new("tank_b", 1, Fill)];
        TeamRun run = Start(tanks, builder => builder.SimulateWith((in context) =>
        {
            double a = context.Get(tanks[0].State).Level * 0.98, b = context.Get(tanks[1].State).Level * 0.98;
            context.Get(tanks[0].State).Level = a - (0.1 * (a - b));
            context.Get(tanks[1].State).Level = b + (0.1 * (a - b));
        }));

        run.Step(("tank_a", [0.8f]), ("tank_b", [-0.5f]));

        AssertNear([-0.1772, -0.2281], run.Rewards.ToArray());
    }

    // Power (a + 1) / 2 of 100, 5 % lost.
    [Fact]
    public void Generators_JointActionIsSplit_FollowTheReference()
    {
        TeamRun run = StartGenerators(new VectorDecomposition(), jointLength: 3);

        run.Step(("lead", [0.4f, 0.6f, 0.8f]));

        AssertNear([66.5, 76, 85.5], [.. Generators.Select(id => run.Observation(id)[0])]);
        AssertNear([-0.035, -0.06, -0.155], run.Rewards[1..].ToArray());
        Assert.All(Generators, id => Assert.Equal(6, run.Observation(id).Length));
    }

    [Fact]
    public void Generators_OneActionForAll_FollowTheReference()
    {
        TeamRun run = StartGenerators(new BroadcastAction(), jointLength: 1);

        run.Step(("lead", [0.5f]));

        AssertNear([71.25, 71.25, 71.25], [.. Generators.Select(id => run.Observation(id)[0])]);
        AssertNear([-0.0125, -0.0125, -0.0125], run.Rewards[1..].ToArray());
    }

    // Shares 0.18, 0.30, 0.12 of a total of 0.6; inflow (a + 1) / 2 * 10 less demands of 3, 7 and 5, then 2 % drained.
    [Fact]
    public void WaterDispatch_WeightedShares_GiveTheLevelsOfTheFormula()
    {
        double[] demands = [3, 7, 5];
        Plant[] tanks = [.. demands.Select((demand, i) => new Plant($"tank_{i}", 1, (level, action) => level + ((action + 1) / 2 * 10) - demand))];
        var weights = new Dictionary<string, double> { ["tank_0"] = 0.3, ["tank_1"] = 0.5, ["tank_2"] = 0.2 };
        TeamRun run = StartUnderLead(tanks, new ProportionalAllocation(weights), jointLength: 1, keep: 0.98);

        run.Step(("lead", [0.6f]));

        AssertNear([51.842, 48.51, 49.588], [.. tanks.Select(tank => run.Observation(tank.Id)[0])]);
    }

    // Voltage 0.95 + 0.01 tap, then 0.02 (P - 50) / 200 more.
    [Theory]
    [InlineData(30, 5, 0.998)]
    [InlineData(40, 6, 1.009)]
    [InlineData(50, 7, 1.02)]
    public void GeneratorWithTapChanger_MixedActions_GiveTheVoltagesOfTheReference(float power, int tap, double expected)
    {
        var grid = new TapChanger();
        TeamRun run = new(new HeronEnvironmentBuilder("Mixed-v0").Add(new PlainSystem()).Add(grid, "system").SimulateWith((in context) =>
        {
            ref Voltage voltage = ref context.Get(grid.State);
            voltage.Pu += 0.02 * (voltage.PowerMw - 50) / 200;
        }).Build());

        run.Step(("grid", [power, 1, tap]));

        AssertNear([power, expected], run.Observation("grid"));
    }

    [Fact]
    public void TwoSteps_AreTheLimit_TruncateEverybodyInTheSecond()
    {
        Plant[] tanks = [new("tank_a", 1, Fill), new("tank_b", 1, Fill)];
        TeamRun run = Start(tanks, builder => builder, new HeronEnvironmentOptions { MaxEpisodeSteps = 2 });

        run.Step();
        AgentFlags[] first = [.. run.Flags];
        run.Step();

        Assert.All(first, flags => Assert.False(flags.HasFlag(AgentFlags.Truncated)));
        Assert.All(run.Flags, flags => Assert.True(flags.HasFlag(AgentFlags.Truncated)));
    }

    private static readonly string[] Generators = ["gen_0", "gen_1", "gen_2"];

    private static double Fill(double level, double action) => Math.Clamp(level + (5 * action), 0, 100);

    private static AgentState WithLevel(AgentState state, float level) => state.With("Content", new Dictionary<string, object> { ["level"] = level });

    private static TeamRun StartGenerators(ActionProtocol protocol, int jointLength) =>
        StartUnderLead([.. Generators.Select(id => new Plant(id, 1, (_, action) => (action + 1) / 2 * 100))], protocol, jointLength, keep: 0.95);

    // What remains of every level after a step is the given share.
    private static TeamRun StartUnderLead(Plant[] plants, ActionProtocol protocol, int jointLength, double keep)
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Led-v0").Add(new PlainSystem()).Add(new WideCoordinator("lead", jointLength), "system");
        foreach (Plant plant in plants)
        {
            builder.Add(plant, "lead");
        }

        return new TeamRun(builder.Coordinate("lead", new Protocol(action: protocol)).SimulateWith((in context) =>
        {
            foreach (Plant plant in plants)
            {
                context.Get(plant.State).Level *= keep;
            }
        }).Build());
    }

    private static TeamRun Start(Plant[] plants, Func<HeronEnvironmentBuilder, HeronEnvironmentBuilder> simulate, HeronEnvironmentOptions? options = null)
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Plants-v0", options).Add(new PlainSystem());
        foreach (Plant plant in plants)
        {
            builder.Add(plant, "system");
        }

        return new TeamRun(simulate(builder).Build());
    }

    // The reference's numbers have four decimals.
    private static void AssertNear(double[] expected, float[] actual) => Assert.Equal(expected, actual.Select(value => (double)value), (a, b) => Math.Abs(a - b) < 1e-4);

    internal struct Content
    {
        public double Level;
        public double Capacity;
    }

    internal struct Voltage
    {
        public double PowerMw;
        public double Pu;
    }

    /// <summary>A tank or a generator: its action changes its level, which should be 70.</summary>
    private sealed class Plant : FieldAgent
    {
        private readonly Func<double, double, double> _apply;

        public Plant(string id, int actions, Func<double, double, double> apply)
            : base(id)
        {
            _apply = apply;
            State = AddFeature(new Content { Level = 50, Capacity = 100 }, Visibility.Public);
            ActionSpace = new BoxSpace(-1, 1, actions);
        }

        public Feature<Content> State { get; }

        public override void Apply(in AgentContext context)
        {
            ref Content content = ref context.Get(State);
            content.Level = _apply(content.Level, context.Action[0]);
        }

        public override double Reward(in AgentView view) => -Math.Abs(view.Get(State).Level - 70) / 100;
    }

    /// <summary>A generator with a switch, at a transformer with taps: one number and two categories.</summary>
    private sealed class TapChanger : FieldAgent
    {
        public TapChanger()
            : base("grid")
        {
            State = AddFeature(default(Voltage), Visibility.Owner);
            ActionSpace = new MixedSpace(new BoxSpace(0, 100), new MultiDiscreteSpace(2, 11));
        }

        public Feature<Voltage> State { get; }

        public override void Apply(in AgentContext context) => context.Get(State) = new Voltage
        {
            PowerMw = context.Action[0] * context.Categories[0],
            Pu = 0.95 + (0.01 * context.Categories[1]),
        };
    }
}

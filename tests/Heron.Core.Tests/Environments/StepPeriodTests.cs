using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;
using Heron.Core.Spaces;
using Heron.Core.Tests.Policies;
using Heron.Core.Tests.Protocols;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Environments;

/// <summary>Agents of different rates in step mode: a slow one is asked, and acts, in every n-th step only.</summary>
public sealed class StepPeriodTests
{
    private const AgentFlags Asked = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
    private const AgentFlags NotAsked = AgentFlags.Alive | AgentFlags.Observed;

    [Fact]
    public void Step_PeriodOfThree_IsAskedForStepsThreeAndSix()
    {
        TeamRun run = Start(new Slow("slow", period: 3), new Slow("fast", period: 1));
        var flags = new List<AgentFlags> { run.FlagsOf("slow") };

        for (int step = 1; step <= 6; step++)
        {
            run.Step(("slow", [0.5f]), ("fast", [0.5f]));
            flags.Add(run.FlagsOf("slow"));
            Assert.Equal(Asked, run.FlagsOf("fast"));
        }

        Assert.Equal([NotAsked, NotAsked, Asked, NotAsked, NotAsked, Asked, NotAsked], flags);
        Assert.Equal([1.0, 3.0], [run.Read("slow", "value"), run.Read("fast", "value")]);
    }

    [Fact]
    public void Step_PolicyOfASlowAgent_DecidesInItsOwnStepsOnly()
    {
        var policy = new ConstantPolicy(0.5f);
        TeamRun run = Start(builder => builder.DecideBy("slow", policy), new Slow("slow", period: 2));

        for (int step = 0; step < 5; step++)
        {
            run.Step();
        }

        Assert.Equal(2, policy.Seen.Count);
        Assert.Equal(1.0, run.Read("slow", "value"));
    }

    // Commanded in the first step only, which is not its own.
    [Fact]
    public void Step_CommandBetweenItsSteps_WaitsForItsTurn()
    {
        TeamRun run = Start(
            builder => builder.Coordinate("system", new Protocol(action: new ConstantCommands([0.5f], [], steps: 0))),
            new Slow("slow", period: 3, IdleBehavior.Skip));
        var values = new List<double>();

        for (int step = 0; step < 6; step++)
        {
            run.Step();
            values.Add(run.Read("slow", "value"));
        }

        Assert.Equal([0, 0, 0.5, 0.5, 0.5, 0.5], values);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-2)]
    public void StepPeriod_BelowOne_IsRefused(int period)
    {
        ArgumentOutOfRangeException error = Assert.Throws<ArgumentOutOfRangeException>(() => new Slow("slow", period));

        Assert.Contains("'slow'", error.Message, StringComparison.Ordinal);
    }

    private static TeamRun Start(params Slow[] agents) => Start(_ => { }, agents);

    private static TeamRun Start(Action<HeronEnvironmentBuilder> configure, params Slow[] agents)
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Rates-v0").Add(new PlainSystem());
        foreach (Slow agent in agents)
        {
            builder.Add(agent, "system");
        }

        configure(builder);
        return new TeamRun(builder.Build());
    }

    /// <summary>Adds its action to its value.</summary>
    private sealed class Slow : FieldAgent
    {
        private readonly Feature<Sum> _sum;

        public Slow(string id, int period, IdleBehavior whenIdle = IdleBehavior.Hold)
            : base(id)
        {
            _sum = AddFeature(default(Sum), Visibility.Owner);
            ActionSpace = new BoxSpace(-1, 1);
            StepPeriod = period;
            WhenIdle = whenIdle;
        }

        public override void Apply(in AgentContext context) => context.Get(_sum).Value += context.Action[0];

        public struct Sum
        {
            public double Value;
        }
    }
}

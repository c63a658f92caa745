using Heron.Core.Environments;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Environments;

/// <summary>When episodes end in step mode: limits of steps and time, and whose end is everybody's.</summary>
public sealed class EpisodeLimitTests
{
    private const AgentFlags Terminated = AgentFlags.Observed | AgentFlags.Terminated;
    private const AgentFlags Truncated = AgentFlags.Observed | AgentFlags.Truncated;

    private static int StepsToEnd(SingleRun run)
    {
        run.Reset();
        for (int step = 1; step <= 20; step++)
        {
            run.Step();
            if (!run.Spec.Agents.Any(agent => (run.Flags(agent.Id) & AgentFlags.Alive) != 0))
            {
                return step;
            }
        }

        return 0;
    }

    [Theory]
    [InlineData(EpisodeEndRule.All, 2, 7, 7)]
    [InlineData(EpisodeEndRule.All, 3, 7, 7)]
    [InlineData(EpisodeEndRule.All, 5, 5, 5)]
    [InlineData(EpisodeEndRule.Any, 2, 7, 2)]
    [InlineData(EpisodeEndRule.Any, 7, 1, 1)]
    [InlineData(EpisodeEndRule.Any, 99, 99, 0)]
    public void Step_AgentsOfDifferentEnds_EndByTheRule(EpisodeEndRule rule, int first, int second, int expected)
    {
        using var run = new SingleRun(Countdown.Factory(new HeronEnvironmentOptions { EndRule = rule }, truncates: false, ("a", first), ("b", second)));

        Assert.Equal(expected, StepsToEnd(run));
    }

    [Theory]
    [InlineData(false, Terminated)]
    [InlineData(true, Truncated)]
    public void Step_FirstEndIsEverybodys_OthersHaveItsFlagAndTheirReward(bool truncates, AgentFlags expected)
    {
        using var run = new SingleRun(Countdown.Factory(new HeronEnvironmentOptions { EndRule = EpisodeEndRule.Any }, truncates, ("a", 2), ("b", 7)));
        run.Reset();
        run.Step();

        run.Step();

        Assert.Equal((expected, expected), (run.Flags("a"), run.Flags("b")));
        Assert.Equal(2, run.Reward("b"));
    }

    [Theory]
    [InlineData(null, 2.5, 3)]
    [InlineData(null, 2.0, 2)]
    [InlineData(2, 9.0, 2)]
    [InlineData(9, 2.0, 2)]
    [InlineData(null, 9e9, null)]
    public void Build_LimitOfTime_IsALimitOfSteps(int? steps, double seconds, int? expected)
    {
        EnvironmentFactory factory = Countdown.Factory(new HeronEnvironmentOptions { MaxEpisodeSteps = steps, MaxEpisodeSeconds = seconds }, truncates: false, ("a", 99));
        using var run = new SingleRun(factory);

        Assert.Equal(expected, factory.Spec.MaxEpisodeSteps);
        Assert.Equal(expected ?? 0, StepsToEnd(run));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e300)]
    [InlineData(double.NaN)]
    public void Build_NoTime_NamesTheNumber(double seconds)
    {
        var error = Assert.Throws<ArgumentException>(() => Countdown.Factory(new HeronEnvironmentOptions { MaxEpisodeSeconds = seconds }, truncates: false, ("a", 1)));

        Assert.Contains("Countdown-v0 ends after", error.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Build_StepWithoutLength_NamesTheNumber(double seconds)
    {
        var error = Assert.Throws<ArgumentException>(() => Countdown.Factory(new HeronEnvironmentOptions { StepSeconds = seconds }, truncates: false, ("a", 1)));

        Assert.Contains("A step of Countdown-v0 takes", error.Message);
    }

    [Fact]
    public void Build_AgentThatWouldNeverAct_NamesIt()
    {
        var builder = new HeronEnvironmentBuilder("Idle-v0", new HeronEnvironmentOptions { MaxEpisodeSteps = 50 });
        builder.Add(new PlainSystem()).Add(new Scheduling.Integrators.Integrator("slow", null, stepPeriod: 60), "system");

        var error = Assert.Throws<ArgumentException>(builder.Build);

        Assert.Contains("'slow' of Idle-v0 acts every 60 steps, but an episode has 50", error.Message);
    }
}

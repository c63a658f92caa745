using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.Arena;

public sealed class MultiAgentArenaTests
{
    private const int Up = 0;
    private const int Right = 1;
    private const int Down = 2;
    private const int Left = 3;

    private static EnvironmentRun Start(params (string Name, object Value)[] parameters)
    {
        var run = new EnvironmentRun("MultiAgentArena-v0", parameters);
        run.Reset();
        return run;
    }

    [Fact]
    public void Reset_Default_PutsAgentsInOppositeCorners()
    {
        EnvironmentRun run = Start();

        Assert.Equal([0, 99], run.Observation("agent1"));
        Assert.Equal([99, 0], run.Observation("agent2"));
        Assert.Equal([0, 1, 0, 0], run.Metrics);
        Assert.All(run.Flags, flags => Assert.Equal(AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct, flags));
    }

    [Fact]
    public void Step_Agent1DownAgent2Up_MovesAndPays()
    {
        EnvironmentRun run = Start();

        run.StepWith(Down, Up);

        Assert.Equal([10, 89], run.Observation("agent1"));
        Assert.Equal([89, 10], run.Observation("agent2"));
        Assert.Equal([1f, -0.1f], run.Rewards);
        Assert.Equal([0, 2, 1, -0.1f], run.Metrics);
    }

    [Fact]
    public void Step_OverTheEdge_StaysOnTheKnownField()
    {
        EnvironmentRun run = Start();

        run.StepWith(Left, Right);
        run.StepWith(Up, Down);

        Assert.Equal([0, 99], run.Observation("agent1"));
        Assert.Equal([-0.5f, -0.1f], run.Rewards);
        Assert.Equal(-1f, run.Metric("return_agent1"));
    }

    [Fact]
    public void Step_BackToAVisitedField_IsNoNewField()
    {
        EnvironmentRun run = Start();

        run.StepWith(Right, Up);
        run.StepWith(Left, Up);

        Assert.Equal(-0.5f, run.Rewards[0]);
        Assert.Equal(2, run.Metric("visited_fields"));
    }

    // On a 3 x 1 strip agent2 takes the middle first, so that agent1's own move is the blocked one.
    [Theory]
    [InlineData("either")]
    [InlineData("agent1_only")]
    public void Step_Agent1RunsIntoAgent2_CollidesUnderBothRules(string rule)
    {
        EnvironmentRun run = Start(("width", 3), ("height", 1), ("collisions", rule));

        run.StepWith(Right, Left);

        Assert.Equal([0, 1], run.Observation("agent1"));
        Assert.Equal([-1f, 1f], run.Rewards);
        Assert.Equal(1, run.Metric("collision"));
    }

    // 2 rows, 3 columns: after one step agent1 is at (0, 1) and agent2 below it at (1, 1). Then agent2's move up is blocked,
    // and agent1 goes on to the new field (0, 2).
    [Theory]
    [InlineData("either", -1f, 1f, 1f)]
    [InlineData("agent1_only", 1f, -0.1f, 0f)]
    public void Step_Agent2RunsIntoAgent1WhoMovesOn_CollidesUnderEither(string rule, float reward1, float reward2, float collision)
    {
        EnvironmentRun run = Start(("width", 3), ("height", 2), ("collisions", rule));
        run.StepWith(Right, Left);

        run.StepWith(Right, Up);

        Assert.Equal([2, 4], run.Observation("agent1"));
        Assert.Equal([reward1, reward2], run.Rewards);
        Assert.Equal(collision, run.Metric("collision"));
        Assert.Equal(3, run.Metric("visited_fields"));
    }

    [Fact]
    public void Step_AtTheTimeLimit_TruncatesBoth()
    {
        EnvironmentRun run = Start(("ts", 2));

        run.StepWith(Down, Up);
        bool overAfterOne = run.IsOver;
        run.StepWith(Down, Up);

        Assert.False(overAfterOne);
        Assert.All(run.Flags, flags => Assert.Equal(AgentFlags.Observed | AgentFlags.Truncated, flags));
    }

    // Means over 20,000 episodes of uniformly random play; the spread of a return is near 12, so its mean is good to about 0.1.
    [Theory]
    [InlineData("either", -0.65, -8.98, 0.93)]
    [InlineData("agent1_only", -0.26, -9.41, 0.53)]
    public void Step_RandomPlay_HasTheKnownMeans(string rule, double return1, double return2, double collisions)
    {
        const int Episodes = 20_000;
        EnvironmentRun run = Start(("collisions", rule));
        var random = new RandomStream(7);
        double sum1 = 0, sum2 = 0, sumCollisions = 0, sumVisited = 0;

        for (int episode = 0; episode < Episodes; episode++)
        {
            run.Reset();
            while (!run.IsOver)
            {
                run.StepWith(random.NextInt32(4), random.NextInt32(4));
                sumCollisions += run.Metrics[0];
            }

            sum1 += run.Metric("return_agent1");
            sum2 += run.Metric("return_agent2");
            sumVisited += run.Metric("visited_fields");
        }

        Assert.Equal(return1, sum1 / Episodes, tolerance: 0.3);
        Assert.Equal(return2, sum2 / Episodes, tolerance: 0.1);
        Assert.Equal(collisions, sumCollisions / Episodes, tolerance: 0.06);
        Assert.Equal(34.3, sumVisited / Episodes, tolerance: 0.3);
    }

    [Fact]
    public void Metrics_Returns_AreTheSumsOfTheRewards()
    {
        EnvironmentRun run = Start(("width", 4), ("height", 3));
        var random = new RandomStream(3);
        float sum1 = 0, sum2 = 0;

        while (!run.IsOver)
        {
            run.StepWith(random.NextInt32(4), random.NextInt32(4));
            sum1 += run.Rewards[0];
            sum2 += run.Rewards[1];
        }

        Assert.Equal(sum1, run.Metric("return_agent1"), 1e-3f);
        Assert.Equal(sum2, run.Metric("return_agent2"), 1e-3f);
    }

    [Fact]
    public void Configure_OneField_NamesBothSides()
    {
        var error = Assert.Throws<ArgumentException>(() => Start(("width", 1), ("height", 1)));

        Assert.Contains("width 1 and height 1", error.Message);
    }

    [Fact]
    public void LoadState_PositionOutsideTheGrid_ChangesNothing()
    {
        EnvironmentRun run = Start();
        byte[] before = run.Save();
        byte[] damaged = [.. before];
        damaged[0] = 10;

        Assert.Throws<ArgumentException>(() => run.Environment.LoadState(damaged));
        Assert.Throws<ArgumentException>(() => run.Environment.LoadState(before.AsSpan(1)));

        Assert.Equal(before, run.Save());
    }

    [Fact]
    public void Render_BeforeTheFirstStep_ShowsTheCorners()
    {
        EnvironmentRun run = Start(("width", 4), ("height", 2));

        string text = run.Environment.Render("ansi");

        Assert.Equal("______\n|1   |\n|   2|\n‾‾‾‾‾‾\n\nR1=0.0\nR2=0.0\n\n", text);
    }

    [Fact]
    public void Render_AfterACollision_ShowsTrackAndReturns()
    {
        EnvironmentRun run = Start(("width", 4), ("height", 2));
        run.StepWith(Right, Left);
        run.StepWith(Down, Left);

        string text = run.Environment.Render("ansi");

        // agent1 (0,0) -> (0,1), then down to (1,1); agent2 (1,3) -> (1,2) -> (1,1), so agent1 is blocked.
        Assert.Equal("______\n|.1  |\n| 2  |\n‾‾‾‾‾‾\n!!Collision!!\nR1=0.0\nR2=0.9\n\n", text);
    }

    [Fact]
    public void Render_UnknownMode_NamesTheKnownOne()
    {
        var error = Assert.Throws<ArgumentException>(() => Start().Environment.Render("rgb_array"));

        Assert.Contains("Modes: ansi", error.Message);
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Protocols;

public sealed class ActionProtocolTests
{
    private static readonly BoxSpace One = new(-1, 1);

    private static readonly Dictionary<string, double> Weights = new() { ["d0"] = 0.5, ["d1"] = 0.3, ["d2"] = 0.2 };

    private static float[][] ActionsOfMembers(TeamRun run, int members) => [.. Enumerable.Range(0, members).Select(i => run.ActionOf($"d{i}"))];

    [Fact]
    public void VectorDecomposition_OwnerActs_GivesEachMemberItsOwnNumbersInTheSameStep()
    {
        TeamRun run = Team.Of(new BoxSpace(-1, 1, 2), One).With(action: new VectorDecomposition()).Start();

        run.Step(("lead", [0.1f, 0.2f, 0.3f]));

        Assert.Equal([[0.1f, 0.2f], [0.3f]], ActionsOfMembers(run, 2));
    }

    [Fact]
    public void VectorDecomposition_MixedMembers_DividesNumbersAndCategoriesEachForThemselves()
    {
        var mixed = new MixedSpace(new BoxSpace(0, 1), new MultiDiscreteSpace(3));
        TeamRun run = Team.Of(mixed, new DiscreteSpace(4), One).With(action: new VectorDecomposition()).Start();

        run.Step(("lead", [0.25f, -0.5f, 2, 3]));

        Assert.Equal("Dict(c: Box([0, -1], [1, 1], (2,), float32), d: MultiDiscrete([3, 4]))", run.Spec.Agents[0].ActionSpace.ToString());
        Assert.Equal([[0.25f, 2], [3], [-0.5f]], ActionsOfMembers(run, 3));
    }

    [Fact]
    public void VectorDecomposition_TwoLevels_ReachesTheLeavesInTheSameStep()
    {
        var builder = new HeronEnvironmentBuilder("Levels-v0").Add(new PlainSystem()).Add(new PlainCoordinator("top"), "system");
        foreach (string side in (string[])["left", "right"])
        {
            builder.Add(new PlainCoordinator(side), "top").Add(new PlainField(side + "_0"), side).Add(new PlainField(side + "_1"), side)
                .Coordinate(side, new Protocol(action: new VectorDecomposition()));
        }

        var run = new TeamRun(builder.Coordinate("top", new Protocol(action: new VectorDecomposition())).Build());

        run.Step(("top", [0.1f, 0.2f, 0.3f, 0.4f]));

        Assert.Equal([[0.1f, 0.2f], [0.1f], [0.2f], [0.4f]], [run.ActionOf("left"), run.ActionOf("left_0"), run.ActionOf("left_1"), run.ActionOf("right_1")]);
        Assert.Equal(["top"], run.Spec.Agents.Where((_, i) => run.Flags[i].HasFlag(AgentFlags.MustAct)).Select(agent => agent.Id));
    }

    // Exact shapes only: a vector that is too long would hide a mistake, one that is too short would serve the wrong member.
    [Theory]
    [InlineData(3)]
    [InlineData(1)]
    public void VectorDecomposition_OwnerWithAnotherLength_IsRefused(int length)
    {
        var team = new Team(new WideCoordinator("lead", length), new Team.Member("d0", One), new Team.Member("d1", One));

        var error = Assert.Throws<ArgumentException>(() => team.With(action: new VectorDecomposition()).Start());

        Assert.Contains("'lead' has the action space Box(-1, 1, (" + length, error.Message, StringComparison.Ordinal);
        Assert.Contains("works with Box(-1, 1, (2,), float32)", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void VectorDecomposition_MembersWithLabels_LabelsTheJointAction()
    {
        var first = new LabelledField("d0", "power (MW)");
        var second = new LabelledField("d1", "tap");
        EnvironmentSpec spec = new HeronEnvironmentBuilder("Labels-v0").Add(new PlainSystem()).Add(new PlainCoordinator("lead"), "system").Add(first, "lead").Add(second, "lead")
            .Coordinate("lead", new Protocol(action: new VectorDecomposition())).Build().Spec;

        Assert.Equal(["d0/power (MW)", "d1/tap"], spec.Agents[0].ActionLabels);
    }

    [Fact]
    public void BroadcastAction_OwnerActs_GivesAllTheSame()
    {
        TeamRun run = Team.Of(One, new BoxSpace(0, 0.25f)).With(action: new BroadcastAction()).Start();

        run.Step(("lead", [0.5f]));

        Assert.Equal([[0.5f], [0.25f]], ActionsOfMembers(run, 2));
    }

    [Fact]
    public void BroadcastAction_UnlikeMembers_NamesBoth()
    {
        Team team = Team.Of(One, new BoxSpace(-1, 1, 2)).With(action: new BroadcastAction());

        var error = Assert.Throws<ArgumentException>(team.Start);

        Assert.Contains("to 'd0', which takes Box(-1, 1, (1,), float32), and to 'd1', which takes Box(-1, 1, (2,), float32)", error.Message, StringComparison.Ordinal);
    }

    // 0.8 in the proportion 5 : 3 : 2.
    [Fact]
    public void ProportionalAllocation_FixedWeights_DividesTheTotal()
    {
        TeamRun run = Team.Of(One, One, One).With(action: new ProportionalAllocation(Weights)).Start();

        run.Step(("lead", [0.8f]));

        Assert.Equal("Box(-3, 3, (1,), float32)", run.Spec.Agents[0].ActionSpace.ToString());
        Assert.Equal([0.4f, 0.24f, 0.16f], ActionsOfMembers(run, 3).Select(action => action[0]), (expected, actual) => MathF.Abs(expected - actual) < 1e-7f);
    }

    public static TheoryData<string, Dictionary<string, double>?, float[]> EqualAndMissingWeights => new()
    {
        { "no weights", null, [0.2f, 0.2f, 0.2f] },
        { "zero sum", new() { ["d0"] = 0 }, [0.2f, 0.2f, 0.2f] },
        { "one missing", new() { ["d0"] = 1, ["d2"] = 1 }, [0.3f, 0, 0.3f] },
    };

    [Theory]
    [MemberData(nameof(EqualAndMissingWeights))]
    public void ProportionalAllocation_WithoutWeights_FallsBack(string meaning, Dictionary<string, double>? weights, float[] expected)
    {
        TeamRun run = Team.Of(One, One, One).With(action: new ProportionalAllocation(weights)).Start();

        run.Step(("lead", [0.6f]));

        Assert.True(expected.SequenceEqual(ActionsOfMembers(run, 3).Select(action => action[0])), meaning);
    }

    [Fact]
    public void ProportionalAllocation_ByField_FollowsTheMembersState()
    {
        Team team = Team.Of(One, One);
        team.Members[0].Declare(new Reading { Value = 3 }, Core.Features.Visibility.Owner);
        team.Members[1].Declare(new Reading { Value = 1 }, Core.Features.Visibility.Owner);
        TeamRun run = team.With(action: new ProportionalAllocation("value")).Start();

        run.Step(("lead", [0.8f]));

        Assert.Equal([[0.6f], [0.2f]], ActionsOfMembers(run, 2));
    }

    // A weight below 0 counts as 0; where the weights have no finite sum, all get the same.
    [Theory]
    [InlineData(-3, 0, 0.5f)]
    [InlineData(float.PositiveInfinity, 0.25f, 0.25f)]
    [InlineData(float.NaN, 0.25f, 0.25f)]
    public void ProportionalAllocation_FieldThatIsNoWeight_StillDivides(float first, float expectedFirst, float expectedSecond)
    {
        Team team = Team.Of(One, One);
        team.Members[0].Declare(new Reading { Value = first }, Visibility.None);
        team.Members[1].Declare(new Reading { Value = 1 }, Visibility.None);
        TeamRun run = team.With(action: new ProportionalAllocation("value")).Start();

        run.Step(("lead", [.5f]));

        Assert.Equal([[expectedFirst], [expectedSecond]], ActionsOfMembers(run, 2));
    }

    [Fact]
    public void ProportionalAllocation_NobodyBelow_NamesTheOwner() =>
        Assert.Contains("'lead' has nobody among whom to divide", Assert.Throws<ArgumentException>(new Team().With(action: new ProportionalAllocation()).Start).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("d0", -1, "gives 'd0' the weight -1")]
    [InlineData("d9", 1, "has a weight for 'd9', which is not among its members: d0, d1")]
    public void ProportionalAllocation_ImpossibleWeight_NamesIt(string id, double weight, string expected)
    {
        Team team = Team.Of(One, One).With(action: new ProportionalAllocation(new Dictionary<string, double> { [id] = weight }));

        Assert.Contains(expected, Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("flow (m³/h)", "flow (m³/h)", "total flow (m³/h)")]
    [InlineData("flow (m³/h)", "power (kW)", "total")]
    [InlineData(null, null, "total")]
    public void ProportionalAllocation_Label_IsThatOfAlikeMembers(string? first, string? second, string expected)
    {
        Agent[] pumps = [new Labelled("a", first), new Labelled("b", second)];
        EnvironmentFactory factory = new HeronEnvironmentBuilder("Pumps-v0")
            .Add(new SystemAgent())
            .Add(new CoordinatorAgent("works"), "system_agent")
            .Add(pumps[0], "works")
            .Add(pumps[1], "works")
            .Coordinate("works", new Protocol(action: new ProportionalAllocation()))
            .Build();

        Assert.Equal([expected], factory.Spec.Agents[factory.Spec.IndexOf("works")].ActionLabels);
    }

    [Fact]
    public void ProportionalAllocation_MemberThatTakesMore_NamesIt()
    {
        Team team = Team.Of(One, new BoxSpace(-1, 1, 2)).With(action: new ProportionalAllocation());

        Assert.Contains("'d1' takes Box(-1, 1, (2,), float32)", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_TwoProtocolsCommandOneAgent_NamesBoth()
    {
        Team team = Team.Of(One).With(action: new VectorDecomposition()).With(action: new BroadcastAction());

        var error = Assert.Throws<ArgumentException>(team.Start);

        Assert.Contains("'d0' is commanded by two protocols: NoCommunication + VectorDecomposition of 'lead' and NoCommunication + BroadcastAction of 'lead'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_OneProtocolForTwoAgents_AsksForANewOne()
    {
        var protocol = new Protocol(action: new VectorDecomposition());
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Twice-v0").Add(new PlainSystem())
            .Add(new PlainCoordinator("c0"), "system").Add(new PlainField("a"), "c0").Coordinate("c0", protocol)
            .Add(new PlainCoordinator("c1"), "system").Add(new PlainField("b"), "c1").Coordinate("c1", protocol);

        Assert.Contains("'c1' was given the protocol", Assert.Throws<InvalidOperationException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_MemberThatIsNotBelow_NamesIt()
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Stranger-v0").Add(new PlainSystem())
            .Add(new PlainCoordinator("c0"), "system").Add(new PlainField("a"), "c0").Add(new PlainField("b"), "system")
            .Coordinate("c0", new Protocol(action: new BroadcastAction()), "*");

        Assert.Contains("of 'c0' coordinates 'system', which does not stand below it", Assert.Throws<ArgumentException>(builder.Build).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Build_UnknownMemberOrOwner_ListsTheAgents()
    {
        Team unknownMember = Team.Of(One);
        unknownMember.Builder.Coordinate("lead", new Protocol(action: new BroadcastAction()), "x*");
        Team unknownOwner = Team.Of(One);
        unknownOwner.Builder.Coordinate("laed", new Protocol(action: new BroadcastAction()));

        Assert.Contains("No agent of Team-v0 is named 'x*'. Its agents are: system, lead, d0.", Assert.Throws<ArgumentException>(unknownMember.Start).Message, StringComparison.Ordinal);
        Assert.Contains("belongs to 'laed', which is not among the agents of Team-v0: system, lead, d0", Assert.Throws<ArgumentException>(unknownOwner.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Coordinate_MembersByPattern_LeavesTheOthersToThemselves()
    {
        Team team = Team.Of(One, One, One);
        team.Builder.Coordinate("lead", new Protocol(action: new BroadcastAction()), "d?").Add(new Team.Member("other", One), "lead");
        TeamRun run = team.Start();

        run.Step(("lead", [0.5f]), ("other", [-0.5f]));

        Assert.Equal([[0.5f], [0.5f], [0.5f]], ActionsOfMembers(run, 3));
        Assert.Equal([-0.5f], run.ActionOf("other"));
    }

    [Theory]
    [InlineData(float.NaN, "chose NaN as number 0 for agent 'd0'; it takes a finite number from -1 to 1")]
    [InlineData(float.PositiveInfinity, "chose Infinity as number 0")]
    public void Command_NotANumber_NamesProtocolAndMember(float value, string expected)
    {
        TeamRun run = Team.Of(One).With(action: new ConstantCommands([value], [])).Start();

        Assert.Contains(expected, Assert.Throws<ArgumentException>(() => run.Step()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Command_WrongShapeOrCategory_NamesProtocolAndMember()
    {
        TeamRun tooLong = Team.Of(One).With(action: new ConstantCommands([1, 2], [])).Start();
        TeamRun outside = Team.Of(new DiscreteSpace(3)).With(action: new ConstantCommands([], [3])).Start();

        Assert.Contains("chose 2 numbers and 0 categories for agent 'd0'", Assert.Throws<ArgumentException>(() => tooLong.Step()).Message, StringComparison.Ordinal);
        Assert.Contains("chose category 3 of head 0 for agent 'd0'; it takes 0 to 2", Assert.Throws<ArgumentException>(() => outside.Step()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_CommandedOutsideTheBox_IsClipped()
    {
        TeamRun run = Team.Of(One).With(action: new ConstantCommands([7], [])).Start();

        run.Step();

        Assert.Equal([1], run.ActionOf("d0"));
    }

    private sealed class Labelled : FieldAgent
    {
        public Labelled(string id, string? label)
            : base(id)
        {
            ActionSpace = new BoxSpace(0, 1);
            ActionLabels = label is null ? [] : [label];
        }
    }
}

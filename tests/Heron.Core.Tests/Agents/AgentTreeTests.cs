using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Agents;

/// <summary>Every mistake in a hierarchy is named, with the agents that made it.</summary>
public sealed class AgentTreeTests
{
    private static string Reject(params (Agent Agent, string? Parent)[] members)
    {
        var builder = new HeronEnvironmentBuilder("Tree-v0");
        foreach ((Agent agent, string? parent) in members)
        {
            builder.Add(agent, parent);
        }

        return Assert.Throws<ArgumentException>(() => builder.Build()).Message;
    }

    [Fact]
    public void Build_NoAgents_AsksForASystemAgent() =>
        Assert.Contains("has no agents; add a SystemAgent", Reject());

    [Fact]
    public void Build_SameIdTwice_NamesIt() =>
        Assert.Contains("two agents named 'a'", Reject((new PlainSystem(), null), (new PlainField("a"), "system"), (new PlainField("a"), "system")));

    [Fact]
    public void Build_UnknownParent_ListsTheAgents() =>
        Assert.Contains("'a' of Tree-v0 names the parent 'sistem', which is not among its agents: system, a", Reject((new PlainSystem(), null), (new PlainField("a"), "sistem")));

    [Fact]
    public void Build_TwoRoots_NamesBoth() =>
        Assert.Contains("2 agents without a parent: system, a", Reject((new PlainSystem(), null), (new PlainField("a"), null)));

    [Fact]
    public void Build_RootIsACoordinator_AsksForASystemAgent() =>
        Assert.Contains("root of Tree-v0 is 'c', a Coordinator agent", Reject((new PlainCoordinator("c"), null), (new PlainField("a"), "c")));

    [Fact]
    public void Build_NobodyWithoutParent_SaysThatTheRootIsMissing() =>
        Assert.Contains("has no root", Reject((new PlainCoordinator("c"), "d"), (new PlainCoordinator("d"), "c")));

    [Fact]
    public void Build_CycleBesideTheTree_ShowsTheCycle() =>
        Assert.Contains("c -> d -> c", Reject((new PlainSystem(), null), (new PlainCoordinator("c"), "d"), (new PlainCoordinator("d"), "c"), (new PlainField("a"), "c")));

    [Fact]
    public void Build_SystemAgentBelowAnother_SaysThatItIsTheRoot() =>
        Assert.Contains("System agent 'sub' of Tree-v0 stands below 'system'", Reject((new PlainSystem(), null), (new PlainSystem("sub"), "system")));

    [Fact]
    public void Build_FieldAgentAsParent_SaysThatItIsALeaf() =>
        Assert.Contains("below field agent 'a'; field agents are leaves", Reject((new PlainSystem(), null), (new PlainField("a"), "system"), (new PlainField("b"), "a")));

    [Fact]
    public void Build_NoActingAgent_SaysThatOneIsNeeded() =>
        Assert.Contains("has no agent; at least one is needed", Reject((new PlainSystem(), null), (new PlainCoordinator("c"), "system")));

    [Fact]
    public void Build_ApplyWithoutActionSpace_SaysThatItWouldNeverRun() =>
        Assert.Contains("'x' of Tree-v0 overrides Apply, but has no ActionSpace", Reject((new PlainSystem(), null), (new Inert("x"), "system")));

    [Fact]
    public void Build_RewardWithoutActionSpace_SaysThatItWouldNeverRun() =>
        Assert.Contains("'c' of Tree-v0 overrides Reward, but has no ActionSpace", Reject((new PlainSystem(), null), (new Unpaid("c"), "system"), (new PlainField("a"), "c")));

    [Fact]
    public void Build_ObservationSpaceWithoutActionSpace_AsksForBoth() =>
        Assert.Contains("'x' of Tree-v0 has an ObservationSpace, but no ActionSpace", Reject((new PlainSystem(), null), (new Onlooker("x"), "system")));

    [Fact]
    public void Build_OtherMethodNamedLikeAHook_IsNoOverride()
    {
        var agent = new Namesake("x");

        new HeronEnvironmentBuilder("Names-v0").Add(new PlainSystem()).Add(agent, "system").Build();

        Assert.True(agent.Overrides(nameof(Agent.Apply)));
        Assert.False(agent.Overrides(nameof(Agent.Reward)));
    }

    [Fact]
    public void Build_ObserveWithoutSpace_AsksForTheSpace() =>
        Assert.Contains("'x' of Tree-v0 overrides Observe, but has no ObservationSpace", Reject((new PlainSystem(), null), (new Blind("x"), "system")));

    [Fact]
    public void Build_SpaceOfTheWrongLength_ListsWhatIsSeen() =>
        Assert.Contains("'x' of Tree-v0 declares Box(0, 1, (3,), float32), but sees 1 numbers: reading.value", Reject((new PlainSystem(), null), (new Misfit("x"), "system")));

    [Fact]
    public void Build_AgentOfAnotherEnvironment_AsksForANewOne()
    {
        var agent = new PlainField("a");
        new HeronEnvironmentBuilder("First-v0").Add(new PlainSystem()).Add(agent, "system").Build();

        var error = Assert.Throws<InvalidOperationException>(() => new HeronEnvironmentBuilder("Second-v0").Add(new PlainSystem()).Add(agent, "system").Build());

        Assert.Contains("'a' was added to Second-v0, but is already part of an environment", error.Message);
    }

    [Fact]
    public void Build_ParentAddedAfterTheChild_KeepsDepthFirstOrder()
    {
        EnvironmentSpec spec = new HeronEnvironmentBuilder("Order-v0")
            .Add(new PlainField("c1_f"), "c1")
            .Add(new PlainCoordinator("c0"), "system")
            .Add(new PlainCoordinator("c1"), "system")
            .Add(new PlainField("c0_f10"), "c0")
            .Add(new PlainField("c0_f2"), "c0")
            .Add(new PlainSystem())
            .Build().Spec;

        Assert.Equal(["system", "c0", "c0_f10", "c0_f2", "c1", "c1_f"], spec.Hierarchy.Select(node => node.Id));
        Assert.Equal(["c0_f10", "c0_f2", "c1_f"], spec.Agents.Select(agent => agent.Id));
        Assert.Equal("c1", spec.Agents[2].ParentId);
    }

    [Fact]
    public void Schedule_NotSet_FollowsTheLevel()
    {
        Assert.Equal(1, new PlainField("a").Schedule.TickIntervalSeconds);
        Assert.Equal(60, new PlainCoordinator("c").Schedule.TickIntervalSeconds);
        Assert.Equal(300_000_000_000, new PlainSystem().Schedule.TickIntervalNanoseconds);
    }

    private sealed class Inert(string id) : FieldAgent(id)
    {
        public override void Apply(in AgentContext context)
        {
        }
    }

    private sealed class Unpaid(string id) : CoordinatorAgent(id)
    {
        public override double Reward(in AgentView view) => 1;
    }

    private sealed class Onlooker : FieldAgent
    {
        public Onlooker(string id)
            : base(id) => ObservationSpace = new BoxSpace(-1, 1);
    }

    private sealed class Namesake : FieldAgent
    {
        public Namesake(string id)
            : base(id) => ActionSpace = new BoxSpace(-1, 1);

        public static double Reward(double value) => value;

        public static double Apply(double value) => value;

        public override void Apply(in AgentContext context) => Apply(Reward(1));
    }

    private sealed class Blind : FieldAgent
    {
        public Blind(string id)
            : base(id) => ActionSpace = new BoxSpace(-1, 1);

        public override void Observe(in AgentView view, Span<float> observation) => observation.Clear();
    }

    private sealed class Misfit : FieldAgent
    {
        public Misfit(string id)
            : base(id)
        {
            AddFeature(default(Reading), Visibility.Owner);
            ActionSpace = new BoxSpace(-1, 1);
            ObservationSpace = new BoxSpace(0, 1, 3);
        }
    }
}

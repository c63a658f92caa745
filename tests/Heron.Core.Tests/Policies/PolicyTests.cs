using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Randomness;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;
using Heron.Tests.Shared;

namespace Heron.Core.Tests.Policies;

public sealed class PolicyTests
{
    private static readonly MixedSpace Mixed = new(new BoxSpace([0, -10], [1, 10]), new MultiDiscreteSpace(3, 2));

    // The thermostat of the demonstrations: (target - temperature) / 5 within -1 and 1.
    [Fact]
    public void RuleBasedPolicy_Thermostat_FollowsItsRule()
    {
        var thermostat = new RuleBasedPolicy((in PolicyContext context) =>
        {
            context.Continuous[0] = Math.Clamp((context.Observation[1] - context.Observation[0]) / 5, -1, 1);
            return true;
        });

        (float[] action, _) = Decide(thermostat, new BoxSpace(-1, 1), [18, 22]);

        Assert.Equal([0.8f], action);
    }

    [Fact]
    public void RandomPolicy_WithMask_StaysWithinSpaceAndMask()
    {
        var random = new RandomStream(3);
        var chosen = new HashSet<int>();
        for (int i = 0; i < 100; i++)
        {
            (float[] continuous, int[] discrete) = Decide(new RandomPolicy(), Mixed, [], [1, 0, 1, 0, 1], ref random);

            Assert.True(Mixed.Contains(continuous, discrete));
            Assert.Equal(1, discrete[1]);
            chosen.Add(discrete[0]);
        }

        Assert.Equal([0, 2], chosen.Order());
    }

    [Theory]
    [InlineData(ActionScaling.Clip, 0.5f, 2)]
    [InlineData(ActionScaling.Stretch, 0.75f, 10)]
    public void NetworkPolicy_ContinuousOutputs_AreScaledAsSaid(ActionScaling scaling, float expectedFirst, float expectedSecond)
    {
        var network = new NetworkPolicy((inputs, outputs) => (outputs[0], outputs[1]) = (inputs[0], inputs[1]), inputs: 2, scaling);
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Network-v0").Add(new PlainSystem()).Add(new Team.Member("a", new BoxSpace([0, -10], [1, 10])), "system");
        TeamRun run = new(builder.DecideBy("a", new RuleBasedPolicy((in PolicyContext context) =>
            network.Decide(new PolicyContext([0.5f, 2], context.ActionSpace, context.Continuous, context.Discrete, default, ref context.Random)))).Build());

        run.Step();

        Assert.Equal([expectedFirst, expectedSecond], run.ActionOf("a"));
    }

    // Outputs 0.1, 0.7, 0.9 | 0.2, 0.1: the best are 2 and 0; where the mask forbids 2, 1 is the best.
    [Theory]
    [InlineData(new byte[] { }, new[] { 2, 0 })]
    [InlineData(new byte[] { 1, 1, 0, 0, 1 }, new[] { 1, 1 })]
    public void NetworkPolicy_Heads_TakesTheBestAllowedCategory(byte[] mask, int[] expected)
    {
        var network = new NetworkPolicy((_, outputs) => ((float[])[0, 0, 0.1f, 0.7f, 0.9f, 0.2f, 0.1f]).CopyTo(outputs), inputs: 0);
        var random = new RandomStream(1);

        (_, int[] discrete) = Decide(network, Mixed, [], mask, ref random);

        Assert.Equal(expected, discrete);
    }

    [Fact]
    public void NetworkPolicy_ObservationOfAnotherLength_NamesBoth()
    {
        var network = new NetworkPolicy((_, _) => { }, inputs: 3);

        var error = Assert.Throws<ArgumentException>(() => Decide(network, Mixed, [1, 2]));

        Assert.Contains("A network with 3 inputs got an observation of 2 numbers (Full)", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(1000)]
    public void NetworkPolicy_AnyNumberOfOutputs_AllocatesNothing(int outputs)
    {
        var network = new NetworkPolicy((_, values) => values.Fill(0.5f), inputs: 0);
        var space = new BoxSpace(-1, 1, outputs);
        float[] action = new float[outputs];
        void Decide()
        {
            var random = default(RandomStream);
            network.Decide(new PolicyContext(default, space, action, default, default, ref random));
        }

        Decide();

        Assert.Equal(0, Allocations.Of(Decide));
        Assert.All(action, number => Assert.Equal(0.5f, number));
    }

    [Theory]
    [InlineData(ObservationMode.Full, new float[] { 1, 2 })]
    [InlineData(ObservationMode.Local, new float[] { 1 })]
    [InlineData(ObservationMode.Global, new float[] { 2 })]
    public void Decide_ObservationMode_SelectsInsideAndOutside(ObservationMode mode, float[] expected)
    {
        var inside = new ConstantPolicy(0) { ObservationMode = mode };
        var outside = new ConstantPolicy(0) { ObservationMode = mode };
        new TeamRun(TwoAgents().DecideBy("a", inside).Build()).Step();
        EventScheduler scheduler = TwoAgents().Build().CreateEventScheduler(new PolicyActions(("a", outside)));
        scheduler.Reset(0);
        scheduler.RunUntil(1, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(expected, Assert.Single(inside.Seen));
        Assert.Equal(expected, outside.Seen[0]);
    }

    [Fact]
    public void Build_LocalModeForAnAgentThatObservesItself_IsRefused()
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Own-v0").Add(new PlainSystem()).Add(new Seer(), "system").DecideBy("seer", new ConstantPolicy(0) { ObservationMode = ObservationMode.Local });

        Assert.Contains("'seer' of Own-v0 overrides Observe, so its policy", Assert.Throws<ArgumentException>(builder.Build).Message, StringComparison.Ordinal);
    }

    // The rule counts its decisions and chooses the count; a reset starts from what Reset wrote.
    [Fact]
    public void Decide_PolicyWithMemory_RemembersWithinTheEpisodeAndInSavedStates()
    {
        EnvironmentFactory factory = TwoAgents().DecideBy("a", new Counting()).Build();
        var run = new TeamRun(factory);
        var other = new TeamRun(factory);
        run.Step();
        run.Step();
        byte[] state = new byte[run.Environment.StateByteCount];
        run.Environment.SaveState(state);

        other.Environment.LoadState(state);
        other.Step();
        run.Reset();
        run.Step();

        Assert.Equal([0.75f], other.ActionOf("a"));
        Assert.Equal([0.25f], run.ActionOf("a"));
    }

    [Fact]
    public void PolicyActions_EventDriven_DecidesForThoseItNamesAndStartsAfreshEachEpisode()
    {
        Follower a = new("a", 1), b = new("b", 2);
        EventScheduler scheduler = TwoAgents(a, b).Build().CreateEventScheduler(new PolicyActions(("b", new Counting())));
        float RunUntil(double seconds)
        {
            scheduler.RunUntil(seconds, cancellationToken: TestContext.Current.CancellationToken);
            return scheduler.State.Get(b.State).Value;
        }

        scheduler.Reset(0);
        float[] first = [RunUntil(1), RunUntil(2)];
        scheduler.Reset(0);

        Assert.Equal([0.25f, 0.5f], first);
        Assert.Equal(0.25f, RunUntil(1));
        Assert.Equal(1, scheduler.State.Get(a.State).Value);
    }

    // The rule itself forgets nothing.
    [Fact]
    public void PolicyActions_RuleThatCounts_BeginsEachEpisodeWithoutMemory()
    {
        Follower a = new("a", 1), b = new("b", 2);
        var counting = new RuleBasedPolicy(
            (in context) =>
            {
                context.Memory[0] += 0.25f;
                context.Continuous[0] = context.Memory[0];
                return true;
            },
            memoryLength: 1);
        EventScheduler scheduler = TwoAgents(a, b).Build().CreateEventScheduler(new PolicyActions(("b", counting)));
        float Play()
        {
            scheduler.Reset(0);
            scheduler.RunUntil(2, cancellationToken: TestContext.Current.CancellationToken);
            return scheduler.State.Get(b.State).Value;
        }

        Assert.Equal([0.5f, 0.5f], [Play(), Play()]);
    }

    [Fact]
    public void PolicyActions_PatternForNobody_ListsTheAgents()
    {
        EnvironmentSpec spec = TwoAgents().Build().Spec;

        Assert.Contains("No agent of Two-v0 is named 'c*'. Its agents are: a, b.", Assert.Throws<ArgumentException>(() =>
            new PolicyActions(("c*", new RandomPolicy())).Begin(spec, 0)).Message, StringComparison.Ordinal);
    }

    private static HeronEnvironmentBuilder TwoAgents() => TwoAgents(new Follower("a", 1), new Follower("b", 2));

    private static HeronEnvironmentBuilder TwoAgents(Follower a, Follower b) =>
        new HeronEnvironmentBuilder("Two-v0").Add(new PlainSystem()).Add(a, "system").Add(b, "system");

    private static (float[] Continuous, int[] Discrete) Decide(Policy policy, Space space, float[] observation)
    {
        var random = new RandomStream(1);
        return Decide(policy, space, observation, [], ref random);
    }

    private static (float[] Continuous, int[] Discrete) Decide(Policy policy, Space space, float[] observation, byte[] mask, ref RandomStream random)
    {
        float[] continuous = new float[space.ContinuousLength];
        int[] discrete = new int[space.HeadSizes.Length];
        Assert.True(policy.Decide(new PolicyContext(observation, space, continuous, discrete, new float[policy.MemoryLength], ref random) { Mask = mask }));
        return (continuous, discrete);
    }

    private sealed class Counting : Policy
    {
        public Counting() => MemoryLength = 1;

        public override void Reset(in PolicyContext context) => context.Memory[0] = 0.25f;

        public override bool Decide(in PolicyContext context)
        {
            context.Continuous[0] = context.Memory[0];
            context.Memory[0] += 0.25f;
            return true;
        }
    }

    private sealed class Seer : FieldAgent
    {
        public Seer()
            : base("seer")
        {
            ActionSpace = new BoxSpace(-1, 1);
            ObservationSpace = BoxSpace.Unbounded(1);
        }

        public override void Observe(in AgentView view, Span<float> observation) => observation[0] = 1;
    }

    /// <summary>Shows everybody the last action that it took.</summary>
    private sealed class Follower : FieldAgent
    {
        public Follower(string id, float value)
            : base(id)
        {
            State = AddFeature(new Reading { Value = value }, Visibility.Public);
            ActionSpace = new BoxSpace(-1, 1);
        }

        public Feature<Reading> State { get; }

        public override void Apply(in AgentContext context) => context.Get(State).Value = context.Action[0];
    }
}

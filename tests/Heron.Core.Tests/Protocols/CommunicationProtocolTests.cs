using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;
using Heron.Core.Randomness;
using Heron.Core.Spaces;
using Heron.Core.Tests.Policies;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Protocols;

public sealed class CommunicationProtocolTests
{
    private static readonly BoxSpace One = new(-1, 1);

    [Fact]
    public void SetpointCommands_OwnerActs_TellsEachMemberItsPart()
    {
        TeamRun run = Team.Of(new BoxSpace(-1, 1, 2), new MixedSpace(One, new MultiDiscreteSpace(4))).With(new SetpointCommands()).Start();
        float[] before = run.Observation("d0");

        run.Step(("lead", [0.5f, 0.3f, 0.2f, 3]), ("d0", [0, 0]), ("d1", [0, 0]));

        Assert.Equal([0, 0], before);
        Assert.Equal([0.5f, 0.3f], run.Observation("d0"));
        Assert.Equal([0.2f, 3], run.Observation("d1"));
        Assert.Equal(["setpoint.c0", "setpoint.d0"], run.Spec.Agents[2].ObservationLabels);
        Assert.Equal([0, 0], run.ActionOf("d0"));
    }

    [Fact]
    public void SetpointCommands_WithDecomposition_AlsoCommands()
    {
        TeamRun run = Team.Of(One, One).With(new SetpointCommands(), new VectorDecomposition()).Start();

        run.Step(("lead", [0.5f, 0.25f]));

        Assert.Equal([[0.5f], [0.25f]], [run.ActionOf("d0"), run.ActionOf("d1")]);
        Assert.Equal([[0.5f], [0.25f]], [run.Observation("d0"), run.Observation("d1")]);
    }

    [Fact]
    public void SystemDirective_ActionOfTheSystemAgent_ReachesItsCoordinatorsWithTheTime()
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Directive-v0", new HeronEnvironmentOptions { StepSeconds = 5 })
            .Add(new ActingSystem()).Add(new ActingCoordinator("c"), "system").Add(new PlainField("a"), "c")
            .Coordinate("system", new Protocol(new SystemDirective()));
        var run = new TeamRun(builder.Build());

        run.Step(("system", [0.5f, 2]), ("c", [0]), ("a", [0]));
        run.Step();

        Assert.Equal(["directive.directive0", "directive.directive1", "directive.time_seconds"], run.Spec.Agents[1].ObservationLabels);
        Assert.Equal([0.5f, 2, 5], run.Observation("c"));
        Assert.Empty(run.Observation("a"));
    }

    [Fact]
    public void SystemDirective_Fields_TellsTheOwnersState()
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Directive-v0").Add(new CountingSystem()).Add(new PlainField("a"), "system")
            .Coordinate("system", new Protocol(new SystemDirective("steps")));
        var run = new TeamRun(builder.Build());

        run.Step();
        run.Step();

        Assert.Equal([2, 1], run.Observation("a"));
    }

    [Fact]
    public void SystemDirective_NothingToSay_AsksForASpaceOrFields()
    {
        Team team = Team.Of(One).With(new SystemDirective());

        Assert.Contains("'lead' gives directives, but has no ActionSpace", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    // Levels 45, 25 and 60 with threshold 30: only the second is low. Then it recovers, and the third falls.
    [Fact]
    public void ThresholdAlert_LevelsCross_TellsThoseThatCrossed()
    {
        Team team = Team.Of(One, One, One);
        Feature<Reading>[] levels = [.. new float[] { 45, 25, 60 }.Zip(team.Members, (level, member) => member.Declare(new Reading { Value = level }, Visibility.None))];
        TeamRun run = team.With(new ThresholdAlert("value", threshold: 30)).Start();
        float[][] first = [run.Observation("d0"), run.Observation("d1"), run.Observation("d2")];

        (run.Store.Get(levels[1]).Value, run.Store.Get(levels[2]).Value) = (31, 29);
        run.Step();

        Assert.Equal(["alert.is_active", "alert.current", "alert.threshold"], run.Spec.Agents[0].ObservationLabels);
        Assert.Equal([[0, 0, 30], [1, 25, 30], [0, 0, 30]], first);
        Assert.Equal([[0, 0, 30], [0, 31, 30], [1, 29, 30]], [run.Observation("d0"), run.Observation("d1"), run.Observation("d2")]);
    }

    [Fact]
    public void ThresholdAlert_Above_AlertsBeyondTheThreshold()
    {
        Team team = Team.Of(One, One);
        team.Members[0].Declare(new Reading { Value = 31 }, Visibility.None);
        team.Members[1].Declare(new Reading { Value = 29 }, Visibility.None);
        TeamRun run = team.With(new ThresholdAlert("value", threshold: 30, above: true)).Start();

        Assert.Equal([1, 0], [run.Read("d0", "is_active"), run.Read("d1", "is_active")]);
    }

    [Fact]
    public void StateSharing_UnknownField_NamesTheMembers()
    {
        Team team = Team.Of(One, One).With(new StateSharing(null, "temprature"));

        Assert.Contains("are to share 'temprature', but none of d0, d1 has such a field", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void StateSharing_AfterAStep_TellsTheNewState()
    {
        Team team = Team.Of(One, One, One, One);
        Feature<Reading>[] values = [.. team.Members.Select((member, i) => member.Declare(new Reading { Value = i }, Visibility.Owner))];
        TeamRun run = team.With(new StateSharing(Topology.Ring)).Start();

        run.Store.Get(values[3]).Value = 9;
        run.Step();

        Assert.Equal([0, 1, 9], run.Observation("d0"));
    }

    [Fact]
    public void PriceSignal_OwnerWithoutAction_AnnouncesWhatItsCodeSets()
    {
        var signal = new PriceSignal(initialPrice: 62);
        TeamRun run = Team.Of(One, One).With(signal).Start();
        float[] before = run.Observation("d1");

        run.Store.Get(signal.Price).Price = 71;
        run.Step();

        Assert.Equal([62], before);
        Assert.Equal([71], run.Observation("d1"));
        Assert.All(run.Flags, flags => Assert.True(flags.HasFlag(AgentFlags.MustAct)));
        run.Reset();
        Assert.Equal([62], run.Observation("d1"));
    }

    [Fact]
    public void PriceSignal_NumberThatTheActionLacks_NamesIt()
    {
        Team team = new Team(new WideCoordinator("lead", 2), new Team.Member("d0", One)).With(new PriceSignal(actionIndex: 2));

        Assert.Contains("'lead' sets its price by number 2 of its action", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    // A price-taking policy sees the price that was announced in the same step.
    [Fact]
    public void PriceSignal_MembersWithPolicies_ReactInTheSameStep()
    {
        var policy = new ConstantPolicy(0);
        TeamRun run = new Team(new WideCoordinator("lead", 1, 100), new Team.Member("d0", One, policy: policy)).With(new PriceSignal()).Start();

        run.Step(("lead", [80]));

        Assert.Equal([80], Assert.Single(policy.Seen));
    }

    [Fact]
    public void Communicate_MessageUnderWay_ArrivesWhenItIsDue()
    {
        TeamRun run = new Team(new WideCoordinator("lead", 1, 100), new Team.Member("d0", One)).With(new PriceSignal()).Start();
        Coordination coordination = Assert.Single(run.Store.Layout.Tree.Agents[1].Coordinations);

        run.Store.ContinuousAction(coordination.Owner)[0] = 60;
        coordination.Run(run.Store, hasDecision: true, delayNanoseconds: 1_500_000_000);
        run.Store.ContinuousAction(coordination.Owner)[0] = 70;
        coordination.Run(run.Store, hasDecision: true, delayNanoseconds: 2_500_000_000);
        var prices = new List<double>();
        for (int i = 0; i < 3; i++)
        {
            run.Store.Clock.Nanoseconds += 1_000_000_000;
            new Core.Messaging.MessageDelivery(run.Store.Layout.Tree).Deliver(run.Store);
            prices.Add(run.Read("d0", "price_signal.price"));
        }

        Assert.Equal([50, 60, 70], prices);
        Assert.Equal(0, run.Store.MessagesUnderWay);
    }

    // On the path 0 - 0 - 3 the plain rule tends to the mean weighted by neighbours, 6/7; Metropolis weights tend to the mean.
    [Theory]
    [InlineData(ConsensusWeights.Uniform, 6.0 / 7)]
    [InlineData(ConsensusWeights.Metropolis, 1)]
    public void Consensus_IrregularGraph_TendsToTheKnownLimit(ConsensusWeights weights, double expected)
    {
        Team team = Team.Of(One, One, One);
        team.Members[2].Declare(new Reading { Value = 3 }, Visibility.None);
        var path = Topology.Of(new Dictionary<string, IReadOnlyList<string>> { ["d0"] = ["d1"], ["d1"] = ["d0", "d2"], ["d2"] = ["d1"] });
        TeamRun run = team.With(new Consensus(new ConsensusOptions { ValueField = "value", Topology = path, Weights = weights, MaxIterations = 500, Tolerance = 1e-12 })).Start();

        Assert.All(["d0", "d1", "d2"], agent => Assert.Equal(expected, run.Read(agent, "consensus_value"), 1e-9));
    }

    [Fact]
    public void Consensus_FieldThatNobodyHas_NamesTheMembers()
    {
        Team team = Team.Of(One).With(new Consensus());

        Assert.Contains("agree on 'control_value', but none of d0 has such a field", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    // Another protocol gives the lead its action space, after the signal was connected.
    [Fact]
    public void PriceSignal_NumberThatTheGivenSpaceLacks_NamesIt()
    {
        Team team = Team.Of(One).With(new PriceSignal(actionIndex: 1), new VectorDecomposition());

        Assert.Contains("'lead' sets its price by number 1 of its action", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TradeAdjustment_OfAnotherMarket_AsksForTheSame()
    {
        Team team = Team.Of(One);
        team.Members[0].Declare(default(Goods), Visibility.None);
        team.With(new DoubleAuction(), new TradeAdjustment(new DoubleAuction()));

        Assert.Contains("'lead' is to adjust its members to a market", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    // One unit for two who would take it, or from two who would give it, at the same price.
    [Theory]
    [InlineData(new double[] { 1, 1, -1 }, new double[] { 1, 0, -1 })]
    [InlineData(new double[] { -1, -1, 1 }, new double[] { -1, 0, 1 })]
    public void DoubleAuction_EqualPrices_ServesTheFirstMember(double[] demands, double[] expected)
    {
        Team team = Team.Of(One, One, One);
        foreach ((double demand, Team.Member member) in demands.Zip(team.Members))
        {
            member.Declare(new Goods { NetDemand = demand, MarginalCost = 50 }, Visibility.None);
        }

        var market = new DoubleAuction();
        TeamRun run = team.With(market).Start();

        Assert.Equal(expected, team.Members.Select(member => run.Store.Get(market.PositionOf(member)).NetQuantity));
    }

    // d0 and d1 trade one unit; d2 lacks nothing and follows its policy.
    [Fact]
    public void TradeAdjustment_MemberThatDidNotTrade_DecidesForItself()
    {
        Team team = Team.Of(One, One, One);
        foreach ((double demand, Team.Member member) in ((double[])[1, -1, 0]).Zip(team.Members))
        {
            member.Declare(new Goods { NetDemand = demand, MarginalCost = 50 }, Visibility.None);
        }

        var market = new DoubleAuction();
        TeamRun run = team.DecideBy("d*", new ConstantPolicy(0.5f)).With(market, new TradeAdjustment(market)).Start();

        run.Step();

        Assert.Equal([1, -1, 0.5f], [.. run.ActionOf("d0"), .. run.ActionOf("d1"), .. run.ActionOf("d2")]);
    }

    // Two endless quantities would be traded for ever.
    [Theory]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(1, double.PositiveInfinity)]
    public void DoubleAuction_StateThatHasRunAway_IsLeftOut(double demand, double cost)
    {
        Team team = Team.Of(One, One, One, One);
        (double Demand, double Cost)[] goods = [(demand, cost), (-demand, cost), (2, 50), (-3, 40)];
        foreach (((double needs, double costs), Team.Member member) in goods.Zip(team.Members))
        {
            member.Declare(new Goods { NetDemand = needs, MarginalCost = costs }, Visibility.None);
        }

        var market = new DoubleAuction();
        TeamRun run = team.With(market).Start();

        Assert.Equal([0, 0, 2, -2], team.Members.Select(member => run.Store.Get(market.PositionOf(member)).NetQuantity));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void DoubleAuction_RandomMarket_BalancesWithinTheLimitsOfEverybody(uint seed)
    {
        var random = new RandomStream(seed);
        Team team = Team.Of([.. Enumerable.Repeat<Space>(new BoxSpace(-100, 100), 12)]);
        var goods = team.Members.Select(member => (member, Good: new Goods { NetDemand = random.NextGaussian(), MarginalCost = 100 * random.NextDouble() })).ToArray();
        foreach ((Team.Member member, Goods good) in goods)
        {
            member.Declare(good, Visibility.None);
        }

        var market = new DoubleAuction();
        TeamRun run = team.With(market, new TradeAdjustment(market)).Start();

        double quantity = 0, payment = 0, highestBid = 0, lowestOffer = double.PositiveInfinity;
        foreach ((Team.Member member, Goods good) in goods)
        {
            MarketPosition position = run.Store.Get(market.PositionOf(member));
            quantity += position.NetQuantity;
            payment += position.NetPayment;
            Assert.InRange(position.NetQuantity, Math.Min(0, good.NetDemand), Math.Max(0, good.NetDemand));
            double limit = good.MarginalCost * (good.NetDemand > 0 ? 1.2 : 0.8);
            Assert.True(position.TradeCount == 0 || (good.NetDemand > 0 ? position.NetPayment <= limit * position.NetQuantity + 1e-9 : -position.NetPayment >= limit * -position.NetQuantity - 1e-9), member.Id);
            if (position.NetQuantity != good.NetDemand)
            {
                (highestBid, lowestOffer) = good.NetDemand > 0 ? (Math.Max(highestBid, limit), lowestOffer) : (highestBid, Math.Min(lowestOffer, limit));
            }
        }

        Assert.Equal(0, quantity, 1e-9);
        Assert.Equal(0, payment, 1e-6);
        Assert.True(highestBid < lowestOffer, $"a bid of {highestBid} and an offer of {lowestOffer} are left over");
    }

    [Fact]
    public void Protocol_PartsOfBothDirections_AsksForTwo()
    {
        var error = Assert.Throws<ArgumentException>(() => new Protocol(new StateSharing(), new VectorDecomposition()));

        Assert.Contains("StateSharing is Horizontal and VectorDecomposition is Vertical; make two protocols", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Protocol_WithoutParts_DoesNothing()
    {
        var protocol = new Protocol();
        Team team = Team.Of(One);
        team.Builder.Coordinate("lead", protocol);
        TeamRun run = team.Start();

        run.Step(("d0", [0.5f]));

        Assert.True(protocol.IsNoOp && protocol.CommandsNobody && protocol.CommunicatesNothing);
        Assert.Equal([0.5f], run.ActionOf("d0"));
        Assert.True(run.FlagsOf("d0").HasFlag(AgentFlags.MustAct));
    }

    [Fact]
    public void Protocol_OfTheAgentsOwn_CoordinatesThoseBelow()
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Own-v0").Add(new PlainSystem()).Add(new Dispatcher(), "system").Add(new PlainField("a"), "dispatcher");
        var run = new TeamRun(builder.Build());

        run.Step(("dispatcher", [0.75f]));

        Assert.Equal([0.75f], run.ActionOf("a"));
    }

    public struct Goods
    {
        public double NetDemand;
        public double MarginalCost;
    }

    private sealed class Dispatcher : CoordinatorAgent
    {
        public Dispatcher()
            : base("dispatcher") => AddProtocol(new Protocol(action: new BroadcastAction()));
    }

    private sealed class ActingSystem : SystemAgent
    {
        public ActingSystem()
            : base("system") => ActionSpace = new MixedSpace(new BoxSpace(-1, 1), new MultiDiscreteSpace(3));
    }

    private sealed class CountingSystem : SystemAgent
    {
        private readonly Feature<Count> _count;

        public CountingSystem()
            : base("system") => _count = AddFeature(default(Count), Visibility.None);

        public override void PreStep(in AgentContext context) => context.Get(_count).Steps++;

        public struct Count
        {
            public int Steps;
        }
    }
}

using Heron.Core.Environments;
using Heron.Core.Environments.Conformance;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Protocols;

/// <summary>One environment in which every protocol and a policy with a memory are at work keeps the rules of every environment: no allocation, whole states, repeatable.</summary>
[Collection(AllocationCollection.Name)]
public sealed class ProtocolConformanceTests
{
    [Fact]
    public void Check_EnvironmentWithAllProtocols_FindsNothing()
    {
        Assert.Empty(EnvironmentConformance.Check(Build()));
    }

    private static EnvironmentFactory Build()
    {
        var builder = new HeronEnvironmentBuilder("Protocols-v0", new HeronEnvironmentOptions { MaxEpisodeSteps = 25 });
        builder.Add(new PlainSystem()).Add(new WideCoordinator("prices", 1), "system").Add(new PlainCoordinator("plant"), "system").Add(new PlainCoordinator("market"), "system");
        foreach (string parent in (string[])["prices", "plant", "market"])
        {
            for (int i = 0; i < 3; i++)
            {
                builder.Add(new Trader($"{parent}_{i}"), parent);
            }
        }

        var auction = new DoubleAuction();
        return builder
            .Coordinate("prices", new Protocol(new PriceSignal()))
            .Coordinate("prices", new Protocol(new StateSharing(Topology.Ring, "net_demand")))
            .Coordinate("plant", new Protocol(new SetpointCommands(), new VectorDecomposition()))
            .Coordinate("plant", new Protocol(new ThresholdAlert("net_demand", 0)))
            .Coordinate("market", new Protocol(auction, new TradeAdjustment(auction)))
            .Coordinate("market", new Protocol(new Consensus(new ConsensusOptions { ValueField = "marginal_cost" })))
            .Coordinate("system", new Protocol(new SystemDirective("calls")), "prices", "plant")
            .Ask("market_1")
            .DecideBy("prices_2", new RandomWalker())
            .Build();
    }

    private sealed class PlainSystem : Core.Agents.SystemAgent
    {
        private readonly Feature<Called> _called;

        public PlainSystem()
            : base("system") => _called = AddFeature(default(Called), Visibility.None);

        public override void PreStep(in Core.Agents.AgentContext context) => context.Get(_called).Calls++;

        public struct Called
        {
            public int Calls;
        }
    }

    private sealed class Trader : Core.Agents.FieldAgent
    {
        private readonly Feature<Goods> _goods;

        public Trader(string id)
            : base(id)
        {
            _goods = AddFeature(default(Goods), Visibility.Owner);
            ActionSpace = new BoxSpace(-1, 1);
        }

        public override void Reset(in Core.Agents.AgentContext context) => context.Get(_goods).MarginalCost = 50 * context.Random.NextDouble();

        public override void Apply(in Core.Agents.AgentContext context) => context.Get(_goods).NetDemand = context.Random.NextGaussian() + context.Action[0];

        public override double Reward(in Core.Agents.AgentView view) => view.Get(_goods).NetDemand;

        public struct Goods
        {
            public double NetDemand;
            public double MarginalCost;
        }
    }

    private sealed class RandomWalker : Policy
    {
        public RandomWalker() => MemoryLength = 1;

        public override void Reset(in PolicyContext context) => context.Memory[0] = (float)context.Random.NextDouble();

        public override bool Decide(in PolicyContext context)
        {
            context.Memory[0] += (float)context.Random.NextGaussian() / 10;
            context.Continuous[0] = context.Memory[0];
            return true;
        }
    }
}

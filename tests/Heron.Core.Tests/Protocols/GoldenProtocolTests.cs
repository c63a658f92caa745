using System.Text.Json;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Protocols;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Protocols;

/// <summary>The protocols against recorded outcomes of the reference; see the data's README.</summary>
public sealed class GoldenProtocolTests
{
    private static readonly BoxSpace Wide = new(-1000, 1000);

    public static TheoryData<int> Cases(string name) => [.. Enumerable.Range(0, Read(name).GetProperty("cases").GetArrayLength())];

    // A vector that is too long is refused when the environment is built: exact shapes only, where the reference passes the surplus over.
    [Theory]
    [MemberData(nameof(Cases), "vector_decomposition")]
    public void VectorDecomposition_RecordedCase_GivesTheSameSlices(int index)
    {
        (JsonElement golden, double tolerance) = Case("vector_decomposition", index);
        int[] dims = [.. golden.GetProperty("child_dims").EnumerateArray().Select(dim => dim.GetInt32())];
        float[]? parent = golden.GetProperty("parent_vector") is { ValueKind: JsonValueKind.Array } vector ? [.. vector.EnumerateArray().Select(value => value.GetSingle())] : null;
        Team.Member[] members = [.. dims.Select((dim, i) => new Team.Member($"d{i}", new BoxSpace(-1000, 1000, dim)))];
        CoordinatorAgent lead = parent is null ? new PlainCoordinator("lead") : new WideCoordinator("lead", parent.Length, 1000);
        Team team = new Team(lead, members).With(action: new VectorDecomposition());
        if (parent?.Length > dims.Sum())
        {
            Assert.Contains("works with Box(-1000, 1000, (2,), float32)", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
            return;
        }

        team = parent is null ? team.DecideBy("lead", new Policies.ConstantPolicy(float.NaN)) : team;
        TeamRun run = team.Start();
        run.Step(parent is null ? [] : [("lead", parent)]);

        foreach (JsonProperty child in golden.GetProperty("children").EnumerateObject())
        {
            // Nothing was commanded: the neutral action of the start is in force.
            double[] expected = child.Value.ValueKind == JsonValueKind.Null ? new double[run.ActionOf(child.Name).Length] : [.. child.Value.EnumerateArray().Select(value => value.GetDouble())];
            AssertNear(expected, [.. run.ActionOf(child.Name).Select(value => (double)value)], tolerance);
        }
    }

    [Theory]
    [MemberData(nameof(Cases), "state_share")]
    public void StateSharing_RecordedCase_TellsTheSameNeighbours(int index)
    {
        (JsonElement golden, double _) = Case("state_share", index);
        string[] fields = golden.GetProperty("fields") is { ValueKind: JsonValueKind.Array } named ? [.. named.EnumerateArray().Select(field => field.GetString()!)] : [];
        TeamRun run = TeamWithFields(golden.GetProperty("states")).With(new StateSharing(TopologyOf(golden.GetProperty("topology")), fields)).Start();

        foreach (JsonProperty message in golden.GetProperty("messages").EnumerateObject())
        {
            string[] expected =
            [
                .. message.Value.GetProperty("neighbors").EnumerateObject().SelectMany(
                    neighbor => neighbor.Value.EnumerateObject(), (neighbor, field) => $"{neighbor.Name}.{field.Name} = {field.Value.GetSingle()}"),
            ];
            var inbox = (VectorFeature)run.Store.Layout.Tree.Agents.Single(agent => agent.Id == message.Name).Features.Single(feature => feature.Name == "Neighbors");
            float[] told = run.Store.Get(inbox).ToArray();

            Assert.Equal(expected, inbox.Fields.Select((field, i) => $"{field.Name} = {told[i]}"));
            Assert.Equal(told, run.Observation(message.Name)[^told.Length..]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases), "price_signal")]
    public void PriceSignal_RecordedSequence_AnnouncesTheSamePrices(int index)
    {
        (JsonElement golden, double tolerance) = Case("price_signal", index);
        var signal = new PriceSignal(golden.GetProperty("initial_price").GetDouble());
        var setter = new PriceSetter();
        Team team = new Team(new WideCoordinator("lead", 1, 1000), new Team.Member("d0", Wide), new Team.Member("d1", Wide)).With(signal).DecideBy("lead", setter);
        TeamRun run = team.Start();

        foreach (JsonElement round in golden.GetProperty("sequence").EnumerateArray())
        {
            setter.Price = round.GetProperty("parent_action") switch
            {
                { ValueKind: JsonValueKind.Null } => null,
                { ValueKind: JsonValueKind.Object } map => map.GetProperty("price").GetSingle(),
                JsonElement number => number.GetSingle(),
            };
            run.Step();

            double expected = round.GetProperty("price").GetDouble();
            AssertNear([expected, expected, expected], [run.Store.Get(signal.Price).Price, run.Read("d0", "price_signal.price"), run.Store.Get(signal.ReceivedBy(team.Members[1])).Price], tolerance);
            Assert.Equal(0, run.ActionOf("d0")[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases), "p2p_trading")]
    public void DoubleAuction_RecordedCase_TradesTheSame(int index)
    {
        (JsonElement golden, double tolerance) = Case("p2p_trading", index);
        var market = new DoubleAuction();
        Team team = TeamWithFields(golden.GetProperty("agents")).With(market, new TradeAdjustment(market));
        TeamRun run = team.Start();
        foreach (Team.Member member in team.Members)
        {
            (string Counterparty, double Quantity, double Price)[] expected = golden.GetProperty("messages").TryGetProperty(member.Id, out JsonElement message)
                ? [.. message.GetProperty("trades").EnumerateArray().Select(trade => (trade.GetProperty("counterparty").GetString()!, trade.GetProperty("quantity").GetDouble(), trade.GetProperty("price").GetDouble()))]
                : [];
            var context = new AgentContext(run.Store, member);
            foreach ((string counterparty, double quantity, double price) in expected)
            {
                Assert.True(context.TryReceive(market.TradesOf(member), out Message<Trade> trade));
                Assert.Equal(counterparty, trade.Sender.Id);
                AssertNear([quantity, price], [trade.Payload.Quantity, trade.Payload.Price], tolerance);
            }

            Assert.False(context.TryReceive(market.TradesOf(member), out _));
            AssertNear([expected.Sum(trade => trade.Quantity), expected.Length], [run.Read(member.Id, "net_quantity"), run.Read(member.Id, "trade_count")], tolerance);
        }

        run.Step();

        foreach (Team.Member member in team.Members)
        {
            double adjustment = golden.GetProperty("actions").TryGetProperty(member.Id, out JsonElement action) && action.ValueKind == JsonValueKind.Object
                ? action.GetProperty("adjustment").GetDouble()
                : 0;
            Assert.Equal((float)adjustment, run.ActionOf(member.Id)[0]);
        }
    }

    [Theory]
    [MemberData(nameof(Cases), "consensus")]
    public void Consensus_RecordedCase_ComesToTheSameValues(int index)
    {
        (JsonElement golden, double tolerance) = Case("consensus", index);
        JsonElement parameters = golden.GetProperty("parameters");
        var options = new ConsensusOptions { Topology = TopologyOf(golden.GetProperty("adjacency")) ?? Topology.Complete };
        if (parameters.TryGetProperty("max_iterations", out JsonElement iterations))
        {
            options = options with { MaxIterations = iterations.GetInt32(), Tolerance = parameters.GetProperty("tolerance").GetDouble() };
        }

        var consensus = new Consensus(options);
        Team team = TeamWithFields(golden.GetProperty("agents")).With(consensus);
        TeamRun run = team.Start();

        foreach (Team.Member member in team.Members)
        {
            double expected = golden.GetProperty("messages").GetProperty(member.Id).GetProperty("consensus_value").GetDouble();
            AssertNear([expected], [run.Store.Get(consensus.ValueOf(member)).ConsensusValue], tolerance);
        }
    }

    // Fields of the recorded states as struct fields, so that the protocols find them by name and in full precision.
    private static Team TeamWithFields(JsonElement agents)
    {
        Team.Member[] members = [.. agents.EnumerateObject().Select(agent => new Team.Member(agent.Name, Wide))];
        foreach ((Team.Member member, JsonProperty agent) in members.Zip(agents.EnumerateObject()))
        {
            double Value(string field) => agent.Value.GetProperty(field).GetDouble();
            if (agent.Value.TryGetProperty("temperature", out _))
            {
                member.Declare(new Climate { Temperature = Value("temperature"), Humidity = Value("humidity") }, Visibility.Owner);
            }
            else if (agent.Value.TryGetProperty("net_demand", out _))
            {
                member.Declare(new Demand { NetDemand = Value("net_demand"), MarginalCost = Value("marginal_cost") }, Visibility.Owner);
            }
            else
            {
                member.Declare(new Control { ControlValue = Value("control_value") }, Visibility.Owner);
            }
        }

        return new Team(members);
    }

    private static Topology? TopologyOf(JsonElement table) => table.ValueKind != JsonValueKind.Object ? null : Topology.Of(
        table.EnumerateObject().ToDictionary(row => row.Name, row => (IReadOnlyList<string>)[.. row.Value.EnumerateArray().Select(id => id.GetString()!)]));

    private static void AssertNear(double[] expected, double[] actual, double tolerance) =>
        Assert.Equal(expected, actual, (one, other) => Math.Abs(one - other) <= tolerance);

    private static (JsonElement Golden, double Tolerance) Case(string name, int index)
    {
        JsonElement file = Read(name);
        return (file.GetProperty("cases")[index], file.GetProperty("tolerance").GetDouble());
    }

    private static JsonElement Read(string name)
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "protocols", name + ".json")));
        return file.RootElement.Clone();
    }

    public struct Climate
    {
        public double Temperature;
        public double Humidity;
    }

    public struct Demand
    {
        public double NetDemand;
        public double MarginalCost;
    }

    public struct Control
    {
        public double ControlValue;
    }

    private sealed class PriceSetter : Core.Policies.Policy
    {
        public float? Price { get; set; }

        public override bool Decide(in Core.Policies.PolicyContext context)
        {
            context.Continuous[0] = Price ?? 0;
            return Price is not null;
        }
    }
}

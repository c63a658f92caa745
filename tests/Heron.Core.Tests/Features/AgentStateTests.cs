using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Features;

/// <summary>A battery that shows its charge to itself and the agent above, its temperature to itself, and the grid's voltage to all.</summary>
public sealed class AgentStateTests
{
    private readonly TeamRun _run = new(new HeronEnvironmentBuilder("States-v0").Add(new PlainSystem()).Add(new PlainCoordinator("lead"), "system")
        .Add(new Battery("battery"), "lead").Add(new PlainField("peer"), "lead").Build());

    private HeronEnvironment Environment => _run.Environment;

    [Theory]
    [InlineData("battery", new float[] { 0.8f, 100, 32, 1 })]
    [InlineData("peer", new float[] { 1 })]
    [InlineData("lead", new float[] { 0.8f, 100, 1 })]
    [InlineData("system", new float[] { 1 })]
    [InlineData(null, new float[] { 0.8f, 100, 32, 1 })]
    public void StateOf_ForAnObserver_HoldsWhatItMaySee(string? observer, float[] expected) =>
        Assert.Equal(expected, Environment.StateOf("battery", observer).ToVector());

    [Fact]
    public void StateOf_EachLevel_IsTypedByIt()
    {
        Assert.IsType<FieldAgentState>(Environment.StateOf("battery"));
        Assert.IsType<CoordinatorAgentState>(Environment.StateOf("lead"));
        Assert.IsType<SystemAgentState>(Environment.StateOf("system"));
        Assert.Equal(AgentLevel.Coordinator, Environment.StateOf("lead").Level);
    }

    [Fact]
    public void ToJson_ThenFromJson_IsTheSameStateForTheEnvironment()
    {
        byte[] before = Environment.Store.Block.ToArray();
        string json = Environment.StateOf("battery").With("charge", new Dictionary<string, object> { ["soc"] = 0.1, ["capacity"] = double.PositiveInfinity }).ToJson();
        AgentState state = AgentState.FromJson(json);

        Environment.Assign(state);

        Assert.IsType<FieldAgentState>(state);
        Assert.Equal([0.1f, float.PositiveInfinity, 32, 1], Environment.StateOf("battery").ToVector());
        Assert.Equal(json, Environment.StateOf("battery").ToJson());
        Environment.Assign(AgentState.FromJson(json).With("charge", new Dictionary<string, object> { ["soc"] = 0.8, ["capacity"] = 100 }));
        Assert.Equal(before, Environment.Store.Block.ToArray());
    }

    [Fact]
    public void With_SeveralFeatures_ChangesThemInACopy()
    {
        AgentState state = Environment.StateOf("battery");

        AgentState changed = state.With(new Dictionary<string, IReadOnlyDictionary<string, object>>
        {
            ["charge"] = new Dictionary<string, object> { ["soc"] = 0.5 },
            ["voltage"] = new Dictionary<string, object> { ["value"] = 2f },
        });

        Assert.Equal([0.5f, 100, 32, 2], changed.ToVector());
        Assert.Equal([0.8f, 100, 32, 1], state.ToVector());
        Assert.Equal(0.5, changed.ToDictionary()["charge"]["soc"]);
    }

    [Fact]
    public void With_UnknownNames_ListsThoseThereAre()
    {
        AgentState state = Environment.StateOf("battery");

        Assert.Contains("'battery' has no feature 'Charge'. It has: charge, temperature, voltage.", Assert.Throws<ArgumentException>(() => state.With("Charge", new Dictionary<string, object>())).Message, StringComparison.Ordinal);
        Assert.Contains("Feature 'charge' of agent 'battery' has no field 'level'. Its fields are: soc, capacity.", Assert.Throws<ArgumentException>(() => state.With("charge", new Dictionary<string, object> { ["level"] = 1 })).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Assign_StateThatDoesNotFit_SaysWhyAndChangesNothing()
    {
        FeatureState good = Environment.StateOf("battery").Features[0] with { Values = new Dictionary<string, object> { ["soc"] = 0.25 } };
        void Refused(string expected, FeatureState bad)
        {
            Assert.Contains(expected, Assert.Throws<ArgumentException>(() => Environment.Assign(new FieldAgentState("battery", [good, bad]))).Message, StringComparison.Ordinal);
            Assert.Equal([0.8f, 100, 32, 1], Environment.StateOf("battery").ToVector());
        }

        Refused("has no feature 'wind'", good with { Name = "wind" });
        Refused("'temperature' of agent 'battery' is of type Heron.Core.Tests.Shared.Reading; the state has one of type Heron", good with { Name = "temperature" });
        Refused("has no field 'nope'", good with { Values = new Dictionary<string, object> { ["nope"] = 1.0 } });
        Assert.Contains("States-v0 has no agent 'x'", Assert.Throws<ArgumentException>(() => Environment.Assign(new FieldAgentState("x", []))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"owner_id\": \"a\", \"level\": \"Field\"}")]
    [InlineData("{\"owner_id\": \"a\", \"level\": \"Fields\", \"features\": []}")]
    [InlineData("{")]
    public void FromJson_SomethingElse_SaysWhatAStateHas(string json) => Assert.Throws<ArgumentException>(() => AgentState.FromJson(json));

    [Fact]
    public void Restore_ChangedFeature_HasItsInitialValueWithWhatIsWrittenOnTop()
    {
        var battery = (Battery)_run.Store.Layout.Tree.Agents.Single(agent => agent.Id == "battery");
        var context = new AgentContext(_run.Store, battery);
        context.Get(battery.Charge).Soc = 0.1;
        context.Get(battery.Charge).Capacity = 7;

        context.Restore(battery.Charge).Soc = 0.3;

        Assert.Equal([0.3f, 100, 32, 1], Environment.StateOf("battery").ToVector());
    }

    private sealed class Battery : FieldAgent
    {
        public Battery(string id)
            : base(id)
        {
            ActionSpace = new BoxSpace(-1, 1);
            Charge = AddFeature(new ChargeState { Soc = 0.8, Capacity = 100 }, Visibility.Owner | Visibility.UpperLevel, "charge");
            AddFeature(new Reading { Value = 32 }, Visibility.Owner, "temperature");
            AddFeature(new Reading { Value = 1 }, Visibility.Public, "voltage");
        }

        public Feature<ChargeState> Charge { get; }

        public struct ChargeState
        {
            public double Soc;
            public double Capacity;
        }
    }
}

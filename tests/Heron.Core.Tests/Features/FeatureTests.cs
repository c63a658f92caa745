using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Features;

public sealed class FeatureTests
{
    public struct Mixed
    {
        [Unit("MW")]
        public double PowerMw;

        public bool IsOn;
        public int TapPosition;
        public float First;
        public float Second;
        private long _ticks;

        public readonly long Ticks => _ticks;

        public static Mixed Create() => new() { PowerMw = 1.5, IsOn = true, TapPosition = -3, First = 0.25f, Second = 0.75f, _ticks = 99 };
    }

    public struct Ranged
    {
        [Unit("°C", Minimum = -5, Maximum = 40)]
        public double Temperature;

        [Unit("m", Minimum = 0)]
        public float Depth;

        [Unit("on")]
        public bool IsOn;
    }

    public struct UpsideDown
    {
        [Unit(Minimum = 1, Maximum = 0)]
        public double Level;
    }

    public struct WithLong
    {
        public long Counter;
    }

    public record struct Positional(double Charge, double Capacity);

    private sealed class Owner : FieldAgent
    {
        public Owner(string id = "owner")
            : base(id) => ActionSpace = new BoxSpace(-1, 1);

        public Feature<T> Declare<T>(T initial, Visibility visibility = Visibility.Owner, string? name = null)
            where T : unmanaged => AddFeature(initial, visibility, name);
    }

    private static SingleRun Start(params Agent[] agents)
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Features-v0").Add(new PlainSystem());
        foreach (Agent agent in agents)
        {
            builder.Add(agent, "system");
        }

        var run = new SingleRun(builder.Build());
        run.Reset();
        return run;
    }

    [Fact]
    public void Fields_MixedTypes_AreThePublicOnesInDeclarationOrder()
    {
        Feature<Mixed> feature = new Owner().Declare(Mixed.Create());

        Assert.Equal("Mixed", feature.Name);
        Assert.Equal(["power_mw", "is_on", "tap_position", "first", "second"], feature.Fields.Select(field => field.Name));
        Assert.Equal([FieldKind.Double, FieldKind.Bool, FieldKind.Int, FieldKind.Float, FieldKind.Float], feature.Fields.Select(field => field.Kind));
        Assert.Equal(["MW", "", "", "", ""], feature.Fields.Select(field => field.Unit));
        Assert.Equal(99, feature.Initial.Ticks);
    }

    [Fact]
    public void DefaultObservation_MixedTypes_IsOneFloatPerField()
    {
        var owner = new Owner();
        owner.Declare(Mixed.Create());

        using SingleRun run = Start(owner);

        Assert.Equal([1.5f, 1f, -3f, 0.25f, 0.75f], run.Observation("owner"));
        Assert.Equal(
            ["mixed.power_mw (MW)", "mixed.is_on", "mixed.tap_position", "mixed.first", "mixed.second"],
            run.Spec.Agents[0].ObservationLabels);
    }

    [Fact]
    public void DefaultObservation_FieldsWithRanges_HasTheirBounds()
    {
        PlainField a = new("a"), b = new("b");
        var owner = new Owner();
        owner.Declare(default(Ranged), Visibility.Public);
        owner.Declare(new Mixed());

        using SingleRun run = Start(owner, a, b);
        var space = (BoxSpace)run.Spec.Agents[0].ObservationSpace;

        Assert.Equal([-5, 0, 0, float.NegativeInfinity, 0], space.LowValues[..5]);
        Assert.Equal([40, float.PositiveInfinity, 1, float.PositiveInfinity, 1], space.HighValues[..5]);
        Assert.Equal([-5, 0, 0], ((BoxSpace)run.Spec.Agents[1].ObservationSpace).LowValues[..3]);
        Assert.Equal("ranged.temperature (°C)", run.Spec.Agents[0].ObservationLabels[0]);
    }

    [Fact]
    public void AddFeature_RangeUpsideDown_NamesTheField()
    {
        var error = Assert.Throws<ArgumentException>(() => new Owner().Declare(default(UpsideDown)));

        Assert.Contains("Field Level of feature UpsideDown ranges from 1 to 0; give a Minimum that is not above the Maximum.", error.Message);
    }

    [Fact]
    public void DefaultObservation_SeveralAgents_IsOwnFirstThenTreeOrder()
    {
        PlainField a = new("a"), b = new("b"), c = new("c");
        c.Declare(3, Visibility.Public);
        a.Declare(1, Visibility.Public, "Late");
        a.Declare(10, Visibility.Owner, "Early");
        b.Declare(2, Visibility.Public);

        using SingleRun run = Start(a, b, c);

        Assert.Equal([1, 10, 2, 3], run.Observation("a"));
        Assert.Equal([2, 1, 3], run.Observation("b"));
        Assert.Equal([3, 1, 2], run.Observation("c"));
        Assert.Equal(["reading.value", "a/late.value", "c/reading.value"], run.Spec.Agents[1].ObservationLabels);
    }

    [Fact]
    public void Reset_TwoAgentsOfOneClass_RestoresEachOnesOwnInitialValue()
    {
        PlainField a = new("a"), b = new("b");
        a.Declare(0.9f, Visibility.Owner);
        b.Declare(0.2f, Visibility.Owner);

        using SingleRun run = Start(a, b);
        run.Reset();

        Assert.Equal([0.9f], run.Observation("a"));
        Assert.Equal([0.2f], run.Observation("b"));
    }

    [Fact]
    public void AddFeature_NameTaken_NamesAgentAndFeature()
    {
        var owner = new Owner("bat");
        owner.Declare(default(Mixed));

        var error = Assert.Throws<ArgumentException>(() => owner.Declare(default(Mixed)));
        Feature<Mixed> renamed = owner.Declare(default(Mixed), name: "Second");

        Assert.Contains("'bat' already has a feature 'Mixed'", error.Message);
        Assert.Equal(["Mixed", "Second"], owner.Features.Select(feature => feature.Name));
        Assert.Same(renamed, owner.Features[1]);
    }

    [Fact]
    public void AddFeature_FieldWithoutVectorForm_NamesTheField()
    {
        var error = Assert.Throws<ArgumentException>(() => new Owner().Declare(default(WithLong)));

        Assert.Contains("Field Counter of feature WithLong is a Int64", error.Message);
    }

    [Fact]
    public void AddFeature_ValueInAProperty_AsksForAField()
    {
        var error = Assert.Throws<ArgumentException>(() => new Owner().Declare(new Positional(1, 2)));

        Assert.Contains("Feature Positional keeps Charge as a property", error.Message);
        Assert.Contains("'public Double Charge;'", error.Message);
    }

    [Fact]
    public void AddFeature_NothingToSee_IsForNobodyOnly()
    {
        var owner = new Owner("bat");

        Feature<double> hidden = owner.Declare(0.5, Visibility.None, "charge");
        var error = Assert.Throws<ArgumentException>(() => owner.Declare(0.5));

        Assert.Empty(hidden.Fields);
        Assert.Contains("Feature 'Double' of agent 'bat' has no public field, so there is nothing that Owner could see", error.Message);
    }

    [Fact]
    public void AddFeature_AfterTheEnvironmentWasBuilt_Throws()
    {
        var owner = new Owner();
        using SingleRun run = Start(owner);

        var error = Assert.Throws<InvalidOperationException>(() => owner.Declare(default(Mixed)));

        Assert.Contains("Declare features, mailboxes and protocols in the constructor", error.Message);
    }
}

using Heron.Core.Features;

namespace Heron.Core.Tests.Features;

public sealed class FeatureRecordTests
{
    private static readonly Pump Sample = new() { FlowM3PerH = 1.5, Stage = 2, IsOn = true, Head = 0.25f };

    [Fact]
    public void ToVector_MixedTypes_IsOneFloatPerFieldInOrder() => Assert.Equal([1.5f, 2, 1, 0.25f], FeatureRecord.ToVector(Sample));

    [Fact]
    public void ToDictionary_MixedTypes_KeepsNamesOrderAndTypes() =>
        Assert.Equal(
            [new("flow_m3_per_h", 1.5), new("stage", 2), new("is_on", true), new("head", 0.25f)],
            FeatureRecord.ToDictionary(Sample).Cast<KeyValuePair<string, object>>());

    [Fact]
    public void FromDictionary_SomeFields_TakesTheRestFromTheDefaults()
    {
        Pump pump = FeatureRecord.FromDictionary(new Dictionary<string, object> { ["stage"] = 3.0, ["head"] = 1 }, Sample);

        Assert.Equal(new Pump { FlowM3PerH = 1.5, Stage = 3, IsOn = true, Head = 1 }, pump);
    }

    [Theory]
    [InlineData("flow", 1.0, "Feature 'Pump' has no field 'flow'. Its fields are: flow_m3_per_h, stage, is_on, head.")]
    [InlineData("stage", 1.5, "Field 'stage' of feature 'Pump' is a whole number of 32 bits; got 1.5 (Double).")]
    [InlineData("stage", 1e10, "Field 'stage' of feature 'Pump' is a whole number of 32 bits; got 10000000000 (Double).")]
    [InlineData("is_on", 1, "Field 'is_on' of feature 'Pump' is true or false; got 1 (Int32).")]
    [InlineData("head", "1", "Field 'head' of feature 'Pump' is a number; got 1 (String).")]
    public void FromDictionary_NoSuchFieldOrValue_NamesIt(string field, object value, string expected)
    {
        var error = Assert.Throws<ArgumentException>(() => FeatureRecord.FromDictionary<Pump>(new Dictionary<string, object> { [field] = value }));

        Assert.Equal(expected, error.Message);
    }

    [Fact]
    public void Fields_OfAStruct_NameUnitsToo() =>
        Assert.Equal(["flow_m3_per_h Double m3/h", "stage Int ", "is_on Bool ", "head Float "], FeatureRecord.Fields<Pump>().Select(field => $"{field.Name} {field.Kind} {field.Unit}"));

    public struct Pump
    {
        [Unit("m3/h")]
        public double FlowM3PerH;
        public int Stage;
        public bool IsOn;
        public float Head;
    }
}

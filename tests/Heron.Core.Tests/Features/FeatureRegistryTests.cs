using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Features;

public sealed class FeatureRegistryTests
{
    private static readonly FeatureRegistry Registry = new FeatureRegistry()
        .Add(new Reading { Value = 5 }, Visibility.Public, check: (ref Reading reading) => reading.Value = Math.Max(0, reading.Value))
        .Add(default(Reading), Visibility.Owner, "Temperature");

    [Fact]
    public void Get_KnownName_DescribesTheKind()
    {
        FeatureDefinition definition = Registry.Get("Reading");

        Assert.Equal(["Reading", "Temperature"], Registry.Definitions.Select(entry => entry.Name));
        Assert.Equal(Visibility.Public, definition.Visibility);
        Assert.Equal(["value"], definition.Fields.Select(field => field.Name));
        Assert.Equal(5f, definition.Initial["value"]);
    }

    [Fact]
    public void Get_UnknownName_NamesThoseThereAre() =>
        Assert.Contains("There is no feature 'reading'. Available: Reading, Temperature.", Assert.Throws<ArgumentException>(() => Registry.Get("reading")).Message, StringComparison.Ordinal);

    [Fact]
    public void Add_NameTwice_NamesIt() =>
        Assert.Contains("There is a feature 'Reading' already", Assert.Throws<ArgumentException>(() => new FeatureRegistry().Add(default(Reading), Visibility.Owner).Add(default(Reading), Visibility.Public)).Message, StringComparison.Ordinal);

    [Fact]
    public void AddFeature_ByKind_HasNameValuesAndLimits()
    {
        var agent = new Composed(("Reading", null, null), ("Reading", "low", -3f), ("Temperature", null, 20f));
        var run = new TeamRun(new HeronEnvironmentBuilder("Composed-v0").Add(new PlainSystem()).Add(agent, "system").Build());

        Assert.Equal([5, 0, 20], run.Observation("a"));
        Assert.Equal(["reading.value", "low.value", "temperature.value"], run.Spec.Agents[0].ObservationLabels);
    }

    [Fact]
    public void AddFeature_KindTwiceWithoutNames_AsksForOne() =>
        Assert.Contains("'a' already has a feature 'Reading'", Assert.Throws<ArgumentException>(() => new Composed(("Reading", null, null), ("Reading", null, null))).Message, StringComparison.Ordinal);

    private sealed class Composed : FieldAgent
    {
        public Composed(params (string Kind, string? Name, float? Value)[] features)
            : base("a")
        {
            ActionSpace = new BoxSpace(-1, 1);
            foreach ((string kind, string? name, float? value) in features)
            {
                AddFeature(Registry.Get(kind), name, value is null ? null : new Dictionary<string, object> { ["value"] = value });
            }
        }
    }
}

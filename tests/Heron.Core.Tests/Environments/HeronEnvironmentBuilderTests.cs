using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Environments;

public sealed class HeronEnvironmentBuilderTests
{
    private static HeronEnvironmentBuilder Builder() => new HeronEnvironmentBuilder("Built-v0").Add(new PlainSystem());

    private static string[] Tree(HeronEnvironmentBuilder builder) => [.. builder.Build().Spec.Hierarchy.Select(node => $"{node.ParentId}>{node.Id}")];

    [Fact]
    public void AddMany_SeveralOrOne_NumbersOnlySeveral() =>
        Assert.Equal(
            [">system", "system>c", "c>room_0", "c>room_1", "system>hall"],
            Tree(Builder().Add(new PlainCoordinator("c"), "system").AddMany("room", 2, id => new PlainField(id), "c").AddMany("hall", 1, id => new PlainField(id), "system")));

    [Fact]
    public void AddMany_NoAgents_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Builder().AddMany("room", 0, id => new PlainField(id)));

    // Rooms 0 and 1 by their ids, then whoever has no parent yet: the pattern names all.
    [Fact]
    public void Place_IdsAndPatterns_PutsTheRestWhereTheyMatch() =>
        Assert.Equal(
            [">system", "system>north", "north>room_0", "north>room_1", "system>south", "south>room_2", "south>room_10", "south>lobby"],
            Tree(Builder().Add(new PlainCoordinator("north"), "system").Add(new PlainCoordinator("south"), "system")
                .AddMany("room", 3, id => new PlainField(id)).Add(new PlainField("room_10")).Add(new PlainField("lobby"))
                .Place("north", "room_0", "room_1").Place("south", "room_*", "l?bby")));

    [Fact]
    public void Place_Everybody_PassesOverTheOneAboveAndTheSystemAgent()
    {
        EnvironmentSpec spec = new HeronEnvironmentBuilder("All-v0")
            .Add(new PlainSystem())
            .Add(new PlainCoordinator("lead"), "system")
            .AddMany("d", 2, id => new PlainField(id))
            .Place("lead", "*")
            .Build().Spec;

        Assert.Equal([null, "system", "lead", "lead"], spec.Hierarchy.Select(node => node.ParentId));
    }

    [Fact]
    public void Place_PatternForNobody_ListsTheAgents() =>
        Assert.Contains("No agent of Built-v0 is named 'rom_*'. Its agents are: system, room", Assert.Throws<ArgumentException>(() => Builder().AddMany("room", 1, id => new PlainField(id)).Place("system", "rom_*")).Message, StringComparison.Ordinal);

    [Fact]
    public void Place_AgentTwice_NamesBothParents() =>
        Assert.Contains("'room' of Built-v0 stands below 'c' already; it cannot be placed below 'system' too", Assert.Throws<ArgumentException>(() =>
            Builder().Add(new PlainCoordinator("c"), "system").Add(new PlainField("room"), "c").Place("system", "room")).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(new string[] { "b.*" }, new float[] { 1, 2, 3 })]
    [InlineData(new string[] { "*.voltage" }, new float[] { 1, 2, 4 })]
    [InlineData(new string[] { "b.load" }, new float[] { 1, 3 })]
    [InlineData(new string[] { }, new float[] { 1 })]
    public void LimitSight_OfOneAgent_LeavesItsOwnAndWhatIsNamed(string[] features, float[] expected)
    {
        TeamRun run = new(WithSight(builder => builder.LimitSight("a", features)).Build());

        Assert.Equal(expected, run.Observation("a"));
        Assert.Equal([2, 3, 4], run.Observation("b"));
    }

    [Fact]
    public void LimitSight_WhatVisibilityHides_StaysHidden()
    {
        var a = new PlainField("a");
        var b = new PlainField("b");
        b.Declare(7, Visibility.Owner, "secret");
        TeamRun run = new(Builder().Add(a, "system").Add(b, "system").LimitSight("a", "b.secret").Build());

        Assert.Empty(run.Observation("a"));
    }

    [Fact]
    public void LimitSight_UnknownFeature_ListsThoseThereAre() =>
        Assert.Contains("limited to 'b.voltge', but no feature is named so. Features are: a.own, b.voltage, b.load, c.voltage.", Assert.Throws<ArgumentException>(() =>
            WithSight(builder => builder.LimitSight("a", "b.voltge")).Build()).Message, StringComparison.Ordinal);

    private static HeronEnvironmentBuilder WithSight(Func<HeronEnvironmentBuilder, HeronEnvironmentBuilder> limit)
    {
        PlainField a = new("a"), b = new("b"), c = new("c");
        a.Declare(1, Visibility.Owner, "own");
        b.Declare(2, Visibility.Public, "voltage");
        b.Declare(3, Visibility.Public, "load");
        c.Declare(4, Visibility.Public, "voltage");
        return limit(Builder().Add(a, "system").Add(b, "system").Add(c, "system"));
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Observations;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Features;

/// <summary>Who sees a feature of <c>f0</c> in the tree system &gt; region &gt; (c0 &gt; (f0, f1), c1 &gt; f2).</summary>
public sealed class VisibilityTests
{
    private const float FeatureValue = 7;

    private static readonly string[] Observers = ["f0", "f1", "c0", "c1", "region", "system"];

    [Theory]
    [InlineData(Visibility.None, "")]
    [InlineData(Visibility.Public, "f0 f1 c0 c1 region system")]
    [InlineData(Visibility.Owner, "f0")]
    [InlineData(Visibility.UpperLevel, "f0 c0")]
    [InlineData(Visibility.System, "f0 system")]
    [InlineData(Visibility.Ancestors, "f0 c0 region system")]
    [InlineData(Visibility.UpperLevel | Visibility.System, "f0 c0 system")]
    [InlineData(Visibility.HiddenFromOwner, "")]
    [InlineData(Visibility.UpperLevel | Visibility.HiddenFromOwner, "c0")]
    [InlineData(Visibility.Owner | Visibility.HiddenFromOwner, "")]
    [InlineData(Visibility.Public | Visibility.HiddenFromOwner, "f1 c0 c1 region system")]
    public void IsVisibleTo_FieldAgentsFeature_FollowsTheTree(Visibility visibility, string expected)
    {
        Dictionary<string, Agent> agents = Build(visibility, out Feature feature);

        IEnumerable<string> seenBy = Observers.Where(id => feature.IsVisibleTo(agents[id]));

        Assert.Equal(expected, string.Join(' ', seenBy));
    }

    [Theory]
    [InlineData(Visibility.None, "")]
    [InlineData(Visibility.UpperLevel, "f0")]
    [InlineData(Visibility.Public, "f0 f1 f2")]
    [InlineData(Visibility.Public | Visibility.HiddenFromOwner, "f1 f2")]
    public void DefaultObservation_ActingAgents_HasWhatIsVisible(Visibility visibility, string expected)
    {
        Build(visibility, out _, out EnvironmentFactory factory);
        using var run = new SingleRun(factory);
        run.Reset();

        IEnumerable<string> seenBy = factory.Spec.Agents.Select(agent => agent.Id).Where(id => run.Observation(id).Contains(FeatureValue));

        Assert.Equal(expected, string.Join(' ', seenBy));
    }

    [Theory]
    [InlineData(Visibility.System, "system")]
    [InlineData(Visibility.Ancestors, "c0 region system")]
    [InlineData(Visibility.UpperLevel, "c0")]
    public void GatherPlan_AgentsAbove_HasWhatIsVisible(Visibility visibility, string expected)
    {
        Dictionary<string, Agent> agents = Build(visibility, out Feature feature);
        AgentTree tree = feature.Layout!.Tree;

        IEnumerable<string> seenBy = Observers.Where(id => id != "f0" && GatherPlan.For(agents[id], tree).Labels.Contains("f0/reading.value"));

        Assert.Equal(expected, string.Join(' ', seenBy));
    }

    [Fact]
    public void IsVisibleTo_LeafUnderTheSystem_UpperLevelIsTheSystem()
    {
        var leaf = new PlainField("leaf");
        Feature feature = leaf.Declare(1, Visibility.UpperLevel);
        var system = new PlainSystem();

        new HeronEnvironmentBuilder("Flat-v0").Add(system).Add(leaf, "system").Build();

        Assert.True(feature.IsVisibleTo(system));
    }

    private static Dictionary<string, Agent> Build(Visibility visibility, out Feature feature) => Build(visibility, out feature, out _);

    private static Dictionary<string, Agent> Build(Visibility visibility, out Feature feature, out EnvironmentFactory factory)
    {
        var f0 = new PlainField("f0");
        feature = f0.Declare(FeatureValue, visibility);
        (Agent Agent, string? Parent)[] members =
        [
            (new PlainSystem(), null),
            (new PlainCoordinator("region"), "system"),
            (new PlainCoordinator("c0"), "region"),
            (new PlainCoordinator("c1"), "region"),
            (f0, "c0"),
            (new PlainField("f1"), "c0"),
            (new PlainField("f2"), "c1"),
        ];
        var builder = new HeronEnvironmentBuilder("Visibility-v0");
        foreach ((Agent agent, string? parent) in members)
        {
            builder.Add(agent, parent);
        }

        factory = builder.Build();
        return members.ToDictionary(member => member.Agent.Id, member => member.Agent);
    }
}

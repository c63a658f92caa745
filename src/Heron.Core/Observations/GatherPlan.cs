using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Core.Observations;

/// <summary>What one agent sees by default: its own features, then those of the others that are visible to it, in tree order; one float per field.</summary>
/// <remarks>Resolved when the tree is frozen, so that an observation is a walk over offsets.</remarks>
internal sealed class GatherPlan
{
    private readonly GatherRun[] _own;
    private readonly GatherRun[] _others;

    private GatherPlan(Feature[] own, Feature[] others)
    {
        Own = own;
        Others = others;
        var labels = new List<string>();
        _own = RunsOf(own, owner => "", labels);
        _others = RunsOf(others, owner => owner.Id + "/", labels);
        Labels = labels;
        LocalLength = own.Sum(feature => feature.Fields.Count);
        SeesOthers = labels.Count > LocalLength;
    }

    /// <summary>The observer's features, in declaration order.</summary>
    public IReadOnlyList<Feature> Own { get; }

    /// <summary>What it sees of others, in tree order.</summary>
    public IReadOnlyList<Feature> Others { get; }

    /// <summary>Owner, feature, field and unit of each number.</summary>
    public IReadOnlyList<string> Labels { get; }

    /// <summary>Whether any number comes from another agent.</summary>
    public bool SeesOthers { get; }

    /// <summary>Numbers in the observation.</summary>
    public int Length => Labels.Count;

    /// <summary>How many of them, from the first, are the observer's own.</summary>
    public int LocalLength { get; }

    /// <summary>A box with the ranges of the fields, for who declares no space.</summary>
    public BoxSpace MakeSpace()
    {
        FeatureField[] fields = [.. Own.Concat(Others).SelectMany(feature => feature.Fields)];
        return new BoxSpace(Array.ConvertAll(fields, field => (float)field.Minimum), Array.ConvertAll(fields, field => (float)field.Maximum));
    }

    public static GatherPlan For(Agent observer, AgentTree tree, InformationMode mode = InformationMode.Visible)
    {
        Feature[] own = [.. observer.Features.Where(feature => feature.IsVisibleTo(observer))];
        return new GatherPlan(own, mode == InformationMode.Local ? [] : [.. OthersFor(observer, tree, mode)]);
    }

    /// <summary>Where its own numbers stand.</summary>
    public ReadOnlySpan<GatherRun> OwnRuns => _own;

    /// <summary>Where the others' numbers stand.</summary>
    public ReadOnlySpan<GatherRun> OthersRuns => _others;

    public void Gather(StateStore store, Span<float> observation)
    {
        int own = GatherRun.CopyAll(store, _own, observation);
        GatherRun.CopyAll(store, _others, observation[own..]);
    }

    private static IEnumerable<Feature> OthersFor(Agent observer, AgentTree tree, InformationMode mode) => CandidatesFor(observer, tree, mode)
        .Distinct()
        .Where(feature => !ReferenceEquals(feature.Owner, observer) && (mode == InformationMode.Full ? feature.Visibility != Visibility.None : feature.IsVisibleTo(observer)))
        .OrderBy(feature => feature.Offset);

    // Only what may be visible is asked for, so that a large tree costs no more than what its agents see of each other.
    private static IEnumerable<Feature> CandidatesFor(Agent observer, AgentTree tree, InformationMode mode)
    {
        if (observer.SeesOnly is { } patterns)
        {
            return patterns.SelectMany(tree.FeatureNames.Match);
        }

        if (mode == InformationMode.Full || observer is SystemAgent)
        {
            return tree.Agents.SelectMany(agent => agent.Features);
        }

        IEnumerable<Agent> below = tree.HasAncestorFeatures ? tree.Below(observer) : observer.Children;
        return below.SelectMany(agent => agent.Features).Concat(tree.PublicFeatures);
    }

    private static GatherRun[] RunsOf(Feature[] features, Func<Agent, string> prefix, List<string> labels)
    {
        var runs = new List<GatherRun>();
        foreach (Feature feature in features)
        {
            foreach (FeatureField field in feature.Fields)
            {
                GatherRun.Append(runs, new GatherRun(feature.Offset + field.Offset, field.Kind, 1));
                labels.Add($"{prefix(feature.Owner)}{FeatureSchema.SnakeCase(feature.Name)}.{field.Name}{(field.Unit.Length > 0 ? $" ({field.Unit})" : "")}");
            }
        }

        return [.. runs];
    }
}

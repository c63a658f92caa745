using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Core.Observations;

/// <summary>What one agent sees by default: its own features, then those of the others that are visible to it, in tree order; one float per field.</summary>
/// <remarks>Resolved when the tree is frozen, so that an observation is a walk over offsets.</remarks>
internal sealed class GatherPlan
{
    private readonly Run[] _runs;

    private GatherPlan(Agent observer, Feature[] own, Feature[] others)
    {
        Own = own;
        Others = others;
        var runs = new List<Run>();
        var labels = new List<string>();
        foreach (Feature feature in own.Concat(others))
        {
            string owner = ReferenceEquals(feature.Owner, observer) ? "" : feature.Owner.Id + "/";
            foreach (FeatureField field in feature.Fields)
            {
                Append(runs, feature.Offset + field.Offset, field.Kind);
                labels.Add($"{owner}{FeatureSchema.SnakeCase(feature.Name)}.{field.Name}{(field.Unit.Length > 0 ? $" ({field.Unit})" : "")}");
            }
        }

        _runs = [.. runs];
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

    public static GatherPlan For(Agent observer, AgentTree tree, InformationMode mode = InformationMode.Visible)
    {
        Feature[] own = [.. observer.Features.Where(feature => feature.IsVisibleTo(observer))];
        return new GatherPlan(observer, own, mode == InformationMode.Local ? [] : [.. OthersFor(observer, tree, mode)]);
    }

    public void Gather(StateStore store, Span<float> observation)
    {
        int next = 0;
        foreach (ref readonly Run run in _runs.AsSpan())
        {
            Span<float> destination = observation.Slice(next, run.Count);
            next += run.Count;
            switch (run.Kind)
            {
                case FieldKind.Float:
                    MemoryMarshal.CreateReadOnlySpan(ref store.At<float>(run.Offset), run.Count).CopyTo(destination);
                    break;
                case FieldKind.Double:
                    ReadOnlySpan<double> doubles = MemoryMarshal.CreateReadOnlySpan(ref store.At<double>(run.Offset), run.Count);
                    for (int i = 0; i < destination.Length; i++)
                    {
                        destination[i] = (float)doubles[i];
                    }

                    break;
                case FieldKind.Int:
                    destination[0] = store.At<int>(run.Offset);
                    break;
                default:
                    destination[0] = store.At<bool>(run.Offset) ? 1 : 0;
                    break;
            }
        }
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

    // Neighbouring floats and doubles are read in one go.
    private static void Append(List<Run> runs, int offset, FieldKind kind)
    {
        int size = kind == FieldKind.Double ? sizeof(double) : sizeof(float);
        if (kind is FieldKind.Float or FieldKind.Double && runs.Count > 0
            && runs[^1] is { } last && last.Kind == kind && last.Offset + (last.Count * size) == offset)
        {
            runs[^1] = last with { Count = last.Count + 1 };
            return;
        }

        runs.Add(new Run(offset, kind, 1));
    }

    private readonly record struct Run(int Offset, FieldKind Kind, int Count);
}

using System.Collections.Concurrent;
using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Features;

/// <summary>The features of a tree by their full names. Each name is made once and each pattern looked up once, however many agents use it.</summary>
/// <remarks>Safe for concurrent calls: what an agent sees may be settled on first use, by any thread.</remarks>
internal sealed class FeatureNames
{
    private readonly Lazy<(string Name, Feature Feature)[]> _all;
    private readonly Lazy<ILookup<string, Feature>> _byName;
    private readonly ConcurrentDictionary<string, Feature[]> _found = new(StringComparer.Ordinal);

    public FeatureNames(IReadOnlyList<Agent> agents)
    {
        _all = new(() => [.. agents.SelectMany(agent => agent.Features).Select(feature => (feature.FullName, feature))]);
        _byName = new(() => _all.Value.ToLookup(named => named.Name, named => named.Feature, StringComparer.Ordinal));
    }

    /// <summary>All names, in the order of the tree.</summary>
    public IEnumerable<string> All => _all.Value.Select(named => named.Name);

    /// <summary>The features that a pattern names, in the order of the tree.</summary>
    public IEnumerable<Feature> Match(string pattern) => AgentPattern.IsPlain(pattern)
        ? _byName.Value[pattern]
        : _found.GetOrAdd(pattern, _ => [.. _all.Value.Where(named => AgentPattern.Names(pattern, named.Name)).Select(named => named.Feature)]);
}

using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>Who is whose neighbour among the members of a protocol. It need not be mutual.</summary>
public sealed class Topology
{
    private readonly Func<IReadOnlyList<Agent>, int[][]> _resolve;

    private Topology(bool isComplete, Func<IReadOnlyList<Agent>, int[][]> resolve)
    {
        IsComplete = isComplete;
        _resolve = resolve;
    }

    /// <summary>Everybody is everybody's neighbour.</summary>
    public static Topology Complete { get; } = new(true, members =>
    [
        .. Enumerable.Range(0, members.Count).Select(place => Enumerable.Range(0, members.Count).Where(other => other != place).ToArray()),
    ]);

    /// <summary>Each member has the one before and the one after it, the last is beside the first.</summary>
    public static Topology Ring { get; } = new(false, members =>
    [
        .. Enumerable.Range(0, members.Count).Select(place => BesideInRing(place, members.Count)),
    ]);

    /// <summary>Whether all are neighbours.</summary>
    public bool IsComplete { get; }

    /// <summary>Neighbours by name.</summary>
    /// <param name="neighbors">Ids of the neighbours of each member. A member that is not named has none; names that are not members are passed over, so that one table can serve several protocols.</param>
    public static Topology Of(IReadOnlyDictionary<string, IReadOnlyList<string>> neighbors) => new(false, members =>
    {
        Dictionary<string, int> places = Enumerable.Range(0, members.Count).ToDictionary(place => members[place].Id, StringComparer.Ordinal);
        return [.. members.Select(member => neighbors.GetValueOrDefault(member.Id, []).Where(places.ContainsKey).Select(id => places[id]).ToArray())];
    });

    /// <summary>Places of each member's neighbours among the members.</summary>
    internal int[][] Resolve(IReadOnlyList<Agent> members) => _resolve(members);

    // In the order of the members; one alone has nobody, and of two each has the other once.
    private static int[] BesideInRing(int place, int count) =>
        [.. new[] { (place + count - 1) % count, (place + 1) % count }.Where(other => other != place).Distinct().Order()];
}

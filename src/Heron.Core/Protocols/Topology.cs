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
    public static Topology Complete { get; } = new(true, members => Among(members.Count, (i, j) => i != j));

    /// <summary>Each member has the one before and the one after it, the last is beside the first.</summary>
    public static Topology Ring { get; } = new(false, members => Among(members.Count, (i, j) => i != j && ((i + 1) % members.Count == j || (j + 1) % members.Count == i)));

    /// <summary>Whether all are neighbours.</summary>
    public bool IsComplete { get; }

    /// <summary>Neighbours by name.</summary>
    /// <param name="neighbors">Ids of the neighbours of each member. A member that is not named has none; names that are not members are passed over, so that one table can serve several protocols.</param>
    public static Topology Of(IReadOnlyDictionary<string, IReadOnlyList<string>> neighbors) => new(false, members =>
    [
        .. members.Select(member => neighbors.GetValueOrDefault(member.Id, [])
            .Select(id => IndexOf(members, id)).Where(index => index >= 0).ToArray()),
    ]);

    /// <summary>Places of each member's neighbours among the members.</summary>
    internal int[][] Resolve(IReadOnlyList<Agent> members) => _resolve(members);

    private static int[][] Among(int count, Func<int, int, bool> areNeighbors) =>
        [.. Enumerable.Range(0, count).Select(i => Enumerable.Range(0, count).Where(j => areNeighbors(i, j)).ToArray())];

    private static int IndexOf(IReadOnlyList<Agent> members, string id)
    {
        for (int i = 0; i < members.Count; i++)
        {
            if (members[i].Id == id)
            {
                return i;
            }
        }

        return -1;
    }
}

using Heron.Core.Environments;

namespace Heron.Core.Composition;

/// <summary>Settles who stands below whom: who names a coordinator, whom a coordinator names, then whom its patterns find.</summary>
/// <param name="environmentId">The environment, for messages.</param>
/// <param name="members">Coordinators, then agents.</param>
internal sealed class CompositionTree(string environmentId, IReadOnlyList<Member> members)
{
    private readonly Dictionary<string, Member> _byId = new(StringComparer.Ordinal);

    /// <summary>Places everybody.</summary>
    /// <returns>The members, siblings in their order: those whom a coordinator names, those whom its patterns find, then those who name it, or nobody.</returns>
    /// <exception cref="ArgumentException">Two of one name, an unknown name, two coordinators above one agent, a pattern that places nobody, or a circle.</exception>
    public IReadOnlyList<Member> Arrange(IReadOnlyList<(Member Member, string Coordinator, string[] Subordinates)> entries)
    {
        foreach (Member member in members)
        {
            if (!_byId.TryAdd(member.Id, member))
            {
                string key = member.IsCoordinator ? "coordinator_id" : "agent_id";
                throw CompositionException.Of(environmentId, $"{member.Path}.{key}", $"'{member.Id}', the name of {_byId[member.Id].Path} too; it takes a name that is unique in the environment.");
            }
        }

        foreach ((Member member, string coordinator, _) in entries.Where(entry => entry.Coordinator.Length > 0))
        {
            member.PlaceBelow(FindCoordinator($"{member.Path}.coordinator", coordinator), $"{member.Path}.coordinator", Placement.Own);
        }

        // All names before all patterns, so that the order of coordinators does not matter.
        var placed = new List<Member>();
        foreach (Placement placement in (Placement[])[Placement.Named, Placement.Found])
        {
            foreach ((Member coordinator, _, string[] subordinates) in entries)
            {
                for (int i = 0; i < subordinates.Length; i++)
                {
                    if (_byId.ContainsKey(subordinates[i]) == (placement == Placement.Named))
                    {
                        placed.AddRange(Place(coordinator, subordinates[i], $"{coordinator.Path}.subordinates[{i}]", placement));
                    }
                }
            }
        }

        CheckCircles();
        return [.. placed, .. members.Except(placed)];
    }

    private List<Member> Place(Member coordinator, string pattern, string path, Placement placement)
    {
        Member[] named = [.. (placement == Placement.Named ? [_byId[pattern]] : members.Where(member => AgentPattern.Names(pattern, member.Id))).Where(member => member != coordinator)];
        var placed = new List<Member>();
        foreach (Member member in named.Where(member => member.Parent is null))
        {
            member.PlaceBelow(coordinator, path, placement);
            placed.Add(member);
        }

        if (Array.Find(named, member => member.Parent != coordinator && (placement == Placement.Named || member.Placement == Placement.Found)) is { } taken)
        {
            throw CompositionException.Of(
                environmentId, path, $"'{pattern}' and puts '{taken.Id}' below '{coordinator.Id}', but {taken.ParentPath} puts it below '{taken.Parent!.Id}'; an agent has one coordinator. Drop one of the two.");
        }

        return Array.Exists(named, member => member.Parent == coordinator)
            ? placed
            : throw CompositionException.Of(
                environmentId, path, $"'{pattern}', {(named.Length == 0 ? "which names nobody" : "but all that it names stand below others already")}; there are: {List(members.Where(member => member != coordinator))}.");
    }

    private Member FindCoordinator(string path, string id) => _byId.GetValueOrDefault(id) is { IsCoordinator: true } coordinator
        ? coordinator
        : throw CompositionException.Of(
            environmentId, path, $"'{id}', {(_byId.ContainsKey(id) ? "a field agent, below which nobody can stand" : "which is not among the coordinators")}; it takes one of: {List(members.Where(member => member.IsCoordinator))}.");

    private void CheckCircles()
    {
        foreach (Member start in members)
        {
            var path = new List<Member>();
            for (Member? member = start; member is not null; member = member.Parent)
            {
                if (path.Contains(member))
                {
                    Member[] circle = [.. path.SkipWhile(other => other != member), member];
                    throw CompositionException.Of(
                        environmentId, member.ParentPath!, $"'{member.Parent!.Id}', so that agents stand above themselves: {string.Join(" below ", circle.Select(other => other.Id))}. Put one of them below the system agent by naming no coordinator.");
                }

                path.Add(member);
            }
        }
    }

    private static string List(IEnumerable<Member> members) => members.Any() ? string.Join(", ", members.Select(member => member.Id)) : "none";
}

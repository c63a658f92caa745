using System.Text.RegularExpressions;
using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Server.Commands;

/// <summary>Agents that differ only in the numbers in their names: alike spaces, labels, level and place in the tree.</summary>
/// <param name="Agents">At least one, in the order of the environment.</param>
internal sealed partial record AgentGroup(IReadOnlyList<AgentSpec> Agents)
{
    private const int NamesInFull = 4;

    /// <summary>The names, all of them when they are few.</summary>
    public string Name => Agents.Count <= NamesInFull
        ? string.Join(", ", Agents.Select(agent => agent.Id))
        : $"{Agents[0].Id} ... {Agents[^1].Id} ({Agents.Count} agents)";

    /// <summary>What they are and who is above them.</summary>
    public string Place
    {
        get
        {
            string level = LevelName(Agents[0].Level);
            string?[] parents = [.. Agents.Select(agent => agent.ParentId).Distinct()];
            return parents switch
            {
                [null] => $"{level} level",
                [{ } parent] => $"{level} level, under {parent}",
                _ => $"{level} level, under {parents[0]} ... {parents[^1]}",
            };
        }
    }

    /// <summary>Puts agents into groups, in the order of their first members.</summary>
    /// <param name="agents">Agents of one environment.</param>
    public static IReadOnlyList<AgentGroup> Of(IEnumerable<AgentSpec> agents) =>
        [.. agents.GroupBy(KeyOf).Select(group => new AgentGroup([.. group]))];

    /// <summary>A name with its numbers taken out.</summary>
    public static string Pattern(string name) => Digits().Replace(name, "*");

    /// <summary>A level as it is written everywhere.</summary>
    public static string LevelName(AgentLevel level) => level.ToString().ToLowerInvariant();

    private static string KeyOf(AgentSpec agent) => string.Join(
        '\n',
        [
            Pattern(agent.Id), LevelName(agent.Level), Pattern(agent.ParentId ?? ""), agent.HasActionMask.ToString(),
            Describe(agent.ObservationSpace), .. agent.ObservationLabels.Select(Pattern), Describe(agent.ActionSpace), .. agent.ActionLabels.Select(Pattern),
        ]);

    private static string Describe(Space space) => space.ToString() ?? "";

    [GeneratedRegex("[0-9]+")]
    private static partial Regex Digits();
}

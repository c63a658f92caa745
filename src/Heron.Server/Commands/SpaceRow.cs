using Heron.Core.Spaces;

namespace Heron.Server.Commands;

/// <summary>One or more neighbouring numbers of a space that mean the same kind of thing.</summary>
/// <param name="Index">Position in the flat value, for example <c>0</c> or <c>3-35</c>.</param>
/// <param name="Label">Name and unit; empty when the environment does not say.</param>
/// <param name="Range">Values it may take.</param>
internal sealed record SpaceRow(string Index, string Label, string Range)
{
    /// <summary>Describes a space.</summary>
    /// <param name="space">The space.</param>
    /// <param name="labels">Name and unit of each number, or none.</param>
    public static IReadOnlyList<SpaceRow> Of(Space space, IReadOnlyList<string> labels)
    {
        var rows = new List<SpaceRow>();
        for (int first = 0; first < space.Length;)
        {
            int last = first;
            while (last + 1 < space.Length && AreAlike(space, labels, first, last + 1))
            {
                last++;
            }

            string index = first == last ? $"{first}" : $"{first}-{last}";
            rows.Add(new SpaceRow(index, LabelOf(labels, first, last), RangeOf(space, first)));
            first = last + 1;
        }

        return rows;
    }

    private static bool AreAlike(Space space, IReadOnlyList<string> labels, int one, int other) =>
        RangeOf(space, one) == RangeOf(space, other)
        && (labels.Count == 0 || AgentGroup.Pattern(labels[one]) == AgentGroup.Pattern(labels[other]));

    private static string LabelOf(IReadOnlyList<string> labels, int first, int last) =>
        labels.Count == 0 ? "" : labels[first] == labels[last] ? labels[first] : $"{labels[first]} ... {labels[last]}";

    private static string RangeOf(Space space, int index)
    {
        if (index >= space.ContinuousLength)
        {
            return $"0 to {space.HeadSizes[index - space.ContinuousLength] - 1}, whole";
        }

        return RangeText.Of(space.Low(index), space.High(index));
    }
}

using System.Globalization;
using Heron.Core.Environments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Heron.Server.Commands;

/// <summary>What is shown after each step: the environment's own drawing, a table of agents, and the metrics.</summary>
/// <param name="player">Has just started an episode or stepped.</param>
/// <param name="width">Characters in a line.</param>
/// <param name="height">Lines on the screen.</param>
/// <param name="maxRows">Most agents in the table, and most lines of the drawing.</param>
internal sealed class PlayFrame(EpisodePlayer player, int width, int height, int maxRows)
{
    private const string TextMode = "ansi";

    // Title, heading of the table, metrics, the line of the cursor, and one to spare for metrics that wrap.
    private const int OtherLines = 6;

    private readonly VectorEnvironment _environment = player.Environment;

    private EnvironmentSpec Spec => _environment.Spec;

    /// <summary>Draws the frame.</summary>
    public IRenderable Draw()
    {
        string[] drawing = Spec.RenderModes.Contains(TextMode) ? _environment.Render(0, TextMode).TrimEnd().Split('\n') : [];
        int free = Math.Max(2, height - OtherLines);
        int drawingRows = Math.Min(Math.Min(drawing.Length, maxRows), Math.Max(free - Spec.Agents.Count, free / 2));
        int agentRows = Math.Clamp(free - drawingRows, 1, maxRows);
        var parts = new List<IRenderable> { Title() };
        if (drawing.Length > 0)
        {
            parts.AddRange(Cut(drawing, drawingRows).Select(Line));
        }

        parts.Add(AgentTable(agentRows));
        if (Spec.MetricNames.Count > 0)
        {
            parts.Add(Metrics());
        }

        return new Rows(parts);
    }

    private Text Title()
    {
        string limit = Spec.MaxEpisodeSteps is { } steps ? $" of {steps}" : "";
        string time = Spec.StepSeconds is { } seconds ? string.Create(CultureInfo.InvariantCulture, $"  time {seconds * player.Steps} s") : "";
        return new Text($"episode {player.Episode}  step {player.Steps}{limit}{time}  seed {player.Seed}", new Style(decoration: Decoration.Bold));
    }

    private Table AgentTable(int rows)
    {
        Table table = PlainTable.Create("agent", "observation", "action", "reward", "state");
        table.Columns[3].RightAligned();
        int shown = Spec.Agents.Count <= rows ? Spec.Agents.Count : rows - 1;
        int roomForNumbers = width - 30 - Spec.Agents.Take(shown).Select(agent => agent.Id.Length).DefaultIfEmpty(0).Max();
        for (int agent = 0; agent < shown; agent++)
        {
            table.AddRow(
                Cell(Spec.Agents[agent].Id),
                Cell(NumberText.OfList(Observation(agent), Math.Max(8, roomForNumbers * 3 / 5))),
                Cell(player.Acted(agent) ? NumberText.OfList(Action(agent), Math.Max(8, roomForNumbers * 2 / 5)) : "-"),
                Cell(player.TookPart(agent) ? NumberText.Of(_environment.Rewards.All[agent]) : "-"),
                Cell(StateOf(_environment.AgentFlags.All[agent])));
        }

        if (shown < Spec.Agents.Count)
        {
            table.AddRow(Cell($"... {Spec.Agents.Count - shown} more"));
        }

        return table;
    }

    private Text Metrics() => new(string.Join("  ", Spec.MetricNames.Select((name, i) => $"{name} {NumberText.Of(_environment.Metrics.All[i])}")));

    private double[] Observation(int agent) =>
        [.. _environment.Observations.All[Spec.Layout.Observation(agent)].ToArray().Select(number => (double)number)];

    private double[] Action(int agent) =>
    [
        .. _environment.ContinuousActions.All[Spec.Layout.Continuous(agent)].ToArray().Select(number => (double)number),
        .. _environment.DiscreteActions.All[Spec.Layout.Discrete(agent)].ToArray().Select(number => (double)number),
    ];

    private static string StateOf(AgentFlags flags)
    {
        if ((flags & AgentFlags.Terminated) != 0)
        {
            return "terminated";
        }

        if ((flags & AgentFlags.Truncated) != 0)
        {
            return "truncated";
        }

        bool alive = (flags & AgentFlags.Alive) != 0, acts = (flags & AgentFlags.MustAct) != 0, observed = (flags & AgentFlags.Observed) != 0;
        return !alive ? "absent" : acts ? "to act" : observed ? "observed" : "waiting";
    }

    private static IEnumerable<string> Cut(string[] lines, int rows) =>
        lines.Length <= rows ? lines : lines.Take(rows - 1).Append($"... {lines.Length - rows + 1} more lines");

    // A drawing that wraps is no drawing any more.
    private Text Line(string text) => new(text.Length <= width ? text : text[..(width - 3)] + "...");

    private static Text Cell(string text) => new(text);
}

using Heron.Core.Environments;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Heron.Server.Commands;

/// <summary>Returns of the episodes that were played.</summary>
/// <param name="player">Plays them.</param>
internal sealed class ReturnTable(EpisodePlayer player)
{
    private readonly double[] _sums = new double[player.Returns.Length + 1];
    private readonly double[] _lowest = [.. Enumerable.Repeat(double.PositiveInfinity, player.Returns.Length + 1)];
    private readonly double[] _highest = [.. Enumerable.Repeat(double.NegativeInfinity, player.Returns.Length + 1)];
    private long _steps;
    private int _episodes;
    private bool _interrupted;

    /// <summary>Takes over the returns of the episode that was just played.</summary>
    /// <param name="complete">False when somebody interrupted it.</param>
    public void Add(bool complete)
    {
        for (int row = 0; row < _sums.Length; row++)
        {
            double value = row < player.Returns.Length ? player.Returns[row] : player.Returns.Sum();
            _sums[row] += value;
            _lowest[row] = Math.Min(_lowest[row], value);
            _highest[row] = Math.Max(_highest[row], value);
        }

        _episodes++;
        _steps += player.Steps;
        _interrupted |= !complete;
    }

    /// <summary>Draws the table.</summary>
    /// <param name="maxRows">Most agents in it.</param>
    public IRenderable Draw(int maxRows)
    {
        IReadOnlyList<AgentSpec> agents = player.Environment.Spec.Agents;
        Table table = _episodes == 1 ? PlainTable.Create("agent", "return") : PlainTable.Create("agent", "mean return", "lowest", "highest");
        for (int column = 1; column < table.Columns.Count; column++)
        {
            table.Columns[column].RightAligned();
        }

        int shown = agents.Count <= maxRows ? agents.Count : maxRows - 1;
        for (int agent = 0; agent < shown; agent++)
        {
            AddRow(table, agents[agent].Id, agent);
        }

        if (shown < agents.Count)
        {
            table.AddRow(new Text($"... {agents.Count - shown} more"));
        }

        if (agents.Count > 1)
        {
            AddRow(table, "sum of all agents", agents.Count);
        }

        string episodes = _episodes == 1 ? $"1 episode of {_steps} steps" : $"{_episodes} episodes, {_steps} steps in all";
        string interrupted = !_interrupted ? "" : _episodes == 1 ? ", interrupted" : ", the last one interrupted";
        return new Rows(new Text(episodes + interrupted, new Style(decoration: Decoration.Bold)), table);
    }

    private void AddRow(Table table, string name, int row)
    {
        var cells = new List<IRenderable> { new Text(name), new Text(NumberText.Of(_sums[row] / _episodes)) };
        if (_episodes > 1)
        {
            cells.AddRange([new Text(NumberText.Of(_lowest[row])), new Text(NumberText.Of(_highest[row]))]);
        }

        table.AddRow(cells);
    }
}

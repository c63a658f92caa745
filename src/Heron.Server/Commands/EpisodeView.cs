using System.Globalization;
using Heron.Core.Environments;
using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>Writes an episode of one copy, step by step.</summary>
/// <param name="terminal">Where to.</param>
/// <param name="environment">What is shown.</param>
internal sealed class EpisodeView(Terminal terminal, VectorEnvironment environment)
{
    private const string Mode = "ansi";
    private const int MostNumbers = 8;

    private readonly double[] _returns = new double[environment.Spec.Layout.AgentCount];
    private readonly bool _draws = environment.Spec.RenderModes.Contains(Mode);

    public void WriteReset()
    {
        Array.Clear(_returns);
        terminal.Output.WriteLine($"{environment.Spec.Id}, episode with seed {environment.EpisodeSeeds.All[0]}");
        WriteState(withActions: false);
    }

    public void WriteStep()
    {
        for (int agent = 0; agent < _returns.Length; agent++)
        {
            _returns[agent] += environment.Rewards.Row(0)[agent];
        }

        terminal.Output.WriteLine();
        terminal.Output.WriteLine($"Step {environment.EpisodeSteps.All[0]}");
        WriteState(withActions: true);
    }

    public void WriteEnd()
    {
        terminal.Output.WriteLine();
        terminal.Output.WriteLine(environment.IsEpisodeOver(0)
            ? $"The episode is over after {environment.EpisodeSteps.All[0]} steps. Returns:"
            : $"Stopped after {environment.EpisodeSteps.All[0]} steps. Returns so far:");
        foreach ((AgentSpec agent, double sum) in environment.Spec.Agents.Zip(_returns))
        {
            terminal.Output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {agent.Id} {sum:G6}"));
        }

        terminal.Output.WriteLine();
    }

    private void WriteState(bool withActions)
    {
        if (_draws)
        {
            terminal.Output.WriteLine(environment.Render(0, Mode).TrimEnd());
        }
        else
        {
            WriteTable(withActions);
        }

        if (environment.Spec.MetricNames.Count > 0)
        {
            terminal.Output.WriteLine(string.Join("  ", environment.Spec.MetricNames.Zip(environment.Metrics.Row(0).ToArray(), (name, value) => $"{name} {Show(value)}")));
        }
    }

    private void WriteTable(bool withActions)
    {
        EnvironmentLayout layout = environment.Spec.Layout;
        Table table = terminal.CreateTable("Agent", "Action", "Reward", "Observation", "State");
        for (int agent = 0; agent < layout.AgentCount; agent++)
        {
            AgentFlags flags = environment.AgentFlags.Row(0)[agent];
            if (flags == AgentFlags.None)
            {
                continue;
            }

            string action = Show(environment.ContinuousActions.Row(0)[layout.Continuous(agent)].ToArray().Concat(
                Array.ConvertAll(environment.DiscreteActions.Row(0)[layout.Discrete(agent)].ToArray(), category => (float)category)));
            table.AddRow(
                new Text(environment.Spec.Agents[agent].Id),
                new Text(withActions ? action : ""),
                new Text(withActions ? Show(environment.Rewards.Row(0)[agent]) : ""),
                new Text(Show(environment.Observations.Row(0)[layout.Observation(agent)].ToArray())),
                new Text(StateOf(flags)));
        }

        terminal.Console.Write(table);
    }

    private static string StateOf(AgentFlags flags) =>
        (flags & AgentFlags.Terminated) != 0 ? "terminated"
        : (flags & AgentFlags.Truncated) != 0 ? "truncated"
        : (flags & AgentFlags.MustAct) != 0 ? "acts next"
        : "waits";

    private static string Show(IEnumerable<float> values)
    {
        float[] all = [.. values];
        string more = all.Length > MostNumbers ? $" ... ({all.Length} numbers)" : "";
        return string.Join(" ", all.Take(MostNumbers).Select(Show)) + more;
    }

    private static string Show(float value) => value.ToString("G4", CultureInfo.InvariantCulture);
}

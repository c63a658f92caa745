using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Heron.Core.Scheduling;
using Heron.Server.Driving;

namespace Heron.Server.Commands;

/// <summary>Options that change something in the schedules of all agents, or of some: [AGENTS=]VALUE, any number of times.</summary>
internal static class ScheduleOption
{
    private static readonly Dictionary<string, JitterKind> Kinds = new(StringComparer.Ordinal)
    {
        ["none"] = JitterKind.None,
        ["uniform"] = JitterKind.Uniform,
        ["gaussian"] = JitterKind.Gaussian,
    };

    /// <summary>An option that takes seconds.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="mayBeZero">Whether 0 is allowed.</param>
    /// <param name="change">The change to some agents' schedules.</param>
    public static Option<ScheduleChange[]> OfSeconds(string name, string description, bool mayBeZero, Func<string, double, ScheduleChange> change) =>
        Create(name, description, "[AGENTS=]S", $"seconds, {(mayBeZero ? "0 or more" : "more than 0")} and below 9200000000, for example 0.5 or 'sensor_*=0.5'", (agents, text) =>
            double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double seconds) && seconds < EpisodePlan.EndOfTimeSeconds && (seconds > 0 || (mayBeZero && seconds == 0))
                ? change(agents, seconds)
                : null);

    /// <summary>An option that takes a kind of jitter, and perhaps its size.</summary>
    /// <param name="name">With its dashes.</param>
    /// <param name="description">One sentence.</param>
    public static Option<ScheduleChange[]> OfJitter(string name, string description) =>
        Create(name, description, "[AGENTS=]KIND[:X]", "none, uniform or gaussian, and perhaps its size, for example gaussian:0.2 or 'sensor_*=uniform'", (agents, text) =>
        {
            string[] parts = text.Split(':', 2);
            bool isSized = parts.Length == 2;
            double ratio = 0;
            bool isRight = Kinds.TryGetValue(parts[0], out JitterKind kind)
                && (!isSized || (double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out ratio) && double.IsFinite(ratio) && ratio >= 0));
            return isRight ? new ScheduleChange(agents) { Jitter = kind, JitterRatio = isSized ? ratio : null } : null;
        });

    private static Option<ScheduleChange[]> Create(string name, string description, string helpName, string allowed, Func<string, string, ScheduleChange?> parse) => new(name)
    {
        Description = description,
        HelpName = helpName,
        Arity = ArgumentArity.OneOrMore,
        DefaultValueFactory = _ => [],
        CustomParser = result => [.. result.Tokens.Select(token => Parse(result, token.Value, allowed, parse)).OfType<ScheduleChange>()],
    };

    private static ScheduleChange? Parse(ArgumentResult result, string text, string allowed, Func<string, string, ScheduleChange?> parse)
    {
        int equals = text.LastIndexOf('=');
        string agents = equals < 0 ? "*" : text[..equals];
        ScheduleChange? change = agents.Length == 0 ? null : parse(agents, text[(equals + 1)..]);
        if (change is null)
        {
            result.Refuse(text, allowed);
        }

        return change;
    }
}

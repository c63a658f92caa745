using System.CommandLine;
using System.CommandLine.Parsing;
using Heron.Core.Environments;
using Heron.Core.Scheduling;
using Heron.Server.Driving;

namespace Heron.Server.Commands;

/// <summary>The part of a command line that says how event-driven episodes are carried out.</summary>
internal sealed class EventArguments
{
    private readonly Option<EventTiming?> _timing = new("--timing")
    {
        Description = $"Which parts of the agents' own schedules count: {TimingText.Allowed}, or several with commas. Without it, all; with none, it runs like step mode.",
        HelpName = "PARTS",
        CustomParser = ParseTiming,
    };

    private readonly Option<ScheduleChange[]> _tick = ScheduleOption.OfSeconds(
        "--tick-interval", "Simulated seconds between two ticks of the agents, whatever --timing leaves out; so for the other delays.", mayBeZero: false, (agents, seconds) => new ScheduleChange(agents) { TickIntervalSeconds = seconds });

    private readonly Option<ScheduleChange[]> _observation = ScheduleOption.OfSeconds(
        "--observation-delay", "From a tick to its observation.", mayBeZero: true, (agents, seconds) => new ScheduleChange(agents) { ObservationDelaySeconds = seconds });

    private readonly Option<ScheduleChange[]> _action = ScheduleOption.OfSeconds(
        "--action-delay", "From a decision to its effect.", mayBeZero: true, (agents, seconds) => new ScheduleChange(agents) { ActionDelaySeconds = seconds });

    private readonly Option<ScheduleChange[]> _message = ScheduleOption.OfSeconds(
        "--message-delay", "Of every message.", mayBeZero: true, (agents, seconds) => new ScheduleChange(agents) { MessageDelaySeconds = seconds });

    private readonly Option<ScheduleChange[]> _jitter = ScheduleOption.OfJitter(
        "--jitter", "How intervals and delays vary, as a share of themselves: half the width of a uniform jitter, the standard deviation of a gaussian one.");

    private readonly Option<ScheduleChange[]> _minimum = ScheduleOption.OfSeconds(
        "--min-delay", "Least delay with jitter.", mayBeZero: true, (agents, seconds) => new ScheduleChange(agents) { MinDelaySeconds = seconds });

    private readonly Option<double?> _physicsInterval = RealOption.CreateOptional(
        "--physics-interval", "Simulated seconds between two runs of the physics. Without it, as the environment declares.", 1e-9, EpisodePlan.EndOfTimeSeconds);

    private readonly Option<string?> _sampling = ChoiceOption.CreateOptional(
        "--sampling", "Whether a delayed observation shows the state of its tick (request, the default) or of its arrival.", ["request", "delivery"]);

    private readonly Option<bool> _undisturbed = new("--no-disturbances") { Description = "Leave out the environment's own disturbances." };

    private readonly Option<long?> _maxEvents = NumberOption.CreateOptional("--max-events", "Most events of an episode.", 1, long.MaxValue);

    private readonly Option<long?> _jitterSeed = NumberOption.CreateOptional(
        "--jitter-seed", "Jitter of episode i draws from this seed plus i. Without it, from the episode's seed.", 0, uint.MaxValue);

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> Options =>
        [_timing, _tick, _observation, _action, _message, _jitter, _minimum, _physicsInterval, _sampling, _undisturbed, _maxEvents, _jitterSeed];

    /// <summary>The first of them that is on a command line; null when none is.</summary>
    public Option? FirstGiven(ParseResult result) => Options.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });

    /// <summary>Settles event-driven episodes.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="environment">The environment as the policies see it.</param>
    /// <param name="endSeconds">Simulated seconds of an episode.</param>
    public EpisodePlan Plan(ParseResult result, EnvironmentFactory environment, double endSeconds) => new(environment)
    {
        IsEventDriven = true,
        EndSeconds = endSeconds,
        MaxEvents = result.GetValue(_maxEvents),
        Options = new EventOptions
        {
            Timing = result.GetValue(_timing) ?? EventTiming.All,
            PhysicsIntervalSeconds = result.GetValue(_physicsInterval),
            Sampling = result.GetValue(_sampling) == "delivery" ? ObservationSampling.Delivery : ObservationSampling.Request,
            Disturbances = result.GetValue(_undisturbed) ? DisturbanceSchedule.None : null,
        },
        Changes = [.. new[] { _tick, _observation, _action, _message, _jitter, _minimum }.SelectMany(option => result.GetValue(option) ?? [])],
        JitterSeed = (uint?)result.GetValue(_jitterSeed),
    };

    /// <summary>Refuses options that an ablation sets itself.</summary>
    /// <exception cref="CommandFailedException">One is given; wrong usage.</exception>
    public void RefuseForAblation(ParseResult result)
    {
        Option? foreign = new Option[] { _timing, _maxEvents }.FirstOrDefault(option => result.GetResult(option) is { Implicit: false });
        if (foreign is not null)
        {
            throw new CommandFailedException($"{foreign.Name} does not go with --ablation, which plays all timings to the same step; leave one of them out.", ExitCodes.WrongUsage);
        }
    }

    private static EventTiming? ParseTiming(ArgumentResult result)
    {
        string text = result.OnlyText();
        EventTiming? timing = TimingText.Parse(text);
        if (timing is null)
        {
            result.Refuse(text, $"{TimingText.Allowed}, or several of them with commas between them");
        }

        return timing;
    }
}

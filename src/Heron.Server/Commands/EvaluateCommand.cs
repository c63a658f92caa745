using System.CommandLine;
using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Server.Driving;
using Heron.Server.Sessions;

namespace Heron.Server.Commands;

/// <summary>heron evaluate.</summary>
internal sealed class EvaluateCommand
{
    private const string Details = """
        Plays whole episodes without learning. One episode prints its running means every
        ten steps, several print one line each; then follow the mean return per agent and
        the mean of every metric over all steps. Episode i has the seed S + i, and the same
        seed gives the same episode. --param changes the environment, to see how well the
        policies do where they were not trained.

        --event-driven lets every agent tick in its own time, with delays and jitter, while
        the physics keeps its clock; the report tells what happened and how stale the
        observations were that actions came from. --timing leaves out parts of the agents'
        own schedules; an option for a delay sets it for all agents, or for those that a
        pattern names. --ablation takes the loss against step mode apart: it plays the same
        seeds step by step, then event-driven without any part, with each part alone, and
        with all, as many runs of the physics in each. Only event-driven episodes have an
        environment's disturbances; --no-disturbances leaves them out.

        Examples:
          heron evaluate --checkpoint runs/five
          heron evaluate --checkpoint runs/five/checkpoint_000050 --episodes 20 --sampled
          heron evaluate --checkpoint runs/five -p loads=4,5,3 --json
          heron evaluate Thermostat-v0 --policy rules
          heron evaluate TwoRoomHeating-v6 --event-driven --t-end 60 --policy rules
          heron evaluate TwoRoomHeating-v6 --event-driven --t-end 60 --timing none --action-delay 'heater_*=0.5'
          heron evaluate Thermostat-v0 --ablation --episodes 10 --observation-delay 0.3 --jitter gaussian:0.2

        Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted by Ctrl-C.
        """;

    private static readonly Dictionary<string, BuiltinPolicy> Policies = new(StringComparer.Ordinal)
    {
        ["random"] = BuiltinPolicy.Random,
        ["neutral"] = BuiltinPolicy.Neutral,
        ["rules"] = BuiltinPolicy.Rules,
    };

    private readonly Argument<string?> _id = new("ENV")
    {
        Description = "Environment to play; 'heron envs' lists them. With --checkpoint, the one it was trained on.",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private readonly CheckpointArguments _checkpoint = new(required: false);

    private readonly Option<string?> _policy = ChoiceOption.CreateOptional(
        "--policy", "Without a checkpoint: actions drawn at random (the default), the middle of each box and the first category, or the rules that the environment brings.", [.. Policies.Keys]);

    private readonly EnvironmentArguments _environment = new();

    private readonly Option<int> _episodes = NumberOption.Create("--episodes", "Episodes to play.", minimum: 1, value: 1);

    private readonly Option<long?> _seed = NumberOption.CreateOptional("--seed", "Seed of the first episode. Without it, 0.", 0, uint.MaxValue);

    private readonly Option<long?> _steps = NumberOption.CreateOptional("--steps", "Step by step: most steps of an episode. Without it, an episode runs to its end.", 1);

    private readonly Option<bool> _eventDriven = new("--event-driven") { Description = "Play event-driven instead of step by step." };

    private readonly Option<bool> _ablation = new("--ablation") { Description = "Compare step mode with event-driven episodes, part by part." };

    private readonly Option<double?> _end = RealOption.CreateOptional(
        "--t-end", "Simulated seconds of an event-driven episode, or of those of an ablation. Without it, as many runs of the physics as an episode has steps.", 1e-9, EpisodePlan.EndOfTimeSeconds / 2);

    private readonly EventArguments _events = new();

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON: every episode, and the means over all." };

    private EvaluateCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var evaluate = new EvaluateCommand();
        var command = new DocumentedCommand("evaluate", "Plays episodes with trained or simple policies, step by step or event-driven, and prints how well they do.", Details)
        {
            evaluate._id, evaluate._checkpoint.Checkpoint, evaluate._checkpoint.Sampled, evaluate._policy, evaluate._environment.Parameters,
            evaluate._episodes, evaluate._seed, evaluate._steps, evaluate._eventDriven, evaluate._ablation, evaluate._end,
        };
        evaluate._events.Options.ToList().ForEach(command.Add);
        command.Add(evaluate._json);
        command.SetAction((result, _) => evaluate.RunAsync(result, context));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CommandContext context)
    {
        CheckModes(result);
        try
        {
            EvaluatedPolicies policies = Load(result, context.Registry);
            Action work = result.GetValue(_ablation) ? () => Ablate(result, policies, context) : () => Evaluate(result, policies, context);

            // An interruption leaves the episodes behind; the program ends.
            await Task.Run(work, CancellationToken.None).WaitAsync(context.Interruption.Token);
        }
        catch (InvalidRequestException exception)
        {
            throw new CommandFailedException(exception.Message, ExitCodes.WrongUsage);
        }
        catch (EventOverflowException exception)
        {
            throw new CommandFailedException(exception.Message);
        }

        return ExitCodes.Done;
    }

    private void CheckModes(ParseResult result)
    {
        bool isEventDriven = result.GetValue(_eventDriven), isAblation = result.GetValue(_ablation);
        if (isEventDriven && isAblation)
        {
            throw new CommandFailedException("--event-driven and --ablation are two kinds of evaluation; --ablation plays event-driven too. Give one of them.", ExitCodes.WrongUsage);
        }

        if (result.GetValue(_steps) is not null && (isEventDriven || isAblation))
        {
            throw new CommandFailedException("--steps is about step mode; --t-end ends event-driven episodes.", ExitCodes.WrongUsage);
        }

        Option? foreign = isEventDriven || isAblation ? null : _events.FirstGiven(result) ?? (result.GetValue(_end) is null ? null : _end);
        if (foreign is not null)
        {
            throw new CommandFailedException($"{foreign.Name} is about event-driven episodes; add --event-driven or --ablation.", ExitCodes.WrongUsage);
        }

        if (isAblation)
        {
            _events.RefuseForAblation(result);
        }
    }

    private EvaluatedPolicies Load(ParseResult result, EnvironmentRegistry registry)
    {
        string? id = result.GetValue(_id), policy = result.GetValue(_policy);
        if (_checkpoint.Load(result, _environment, registry) is { } trained)
        {
            string trainedOn = trained.Configuration.Training.EnvironmentId;
            return policy is not null ? throw new CommandFailedException("--policy is for evaluations without a checkpoint; leave it or --checkpoint out.", ExitCodes.WrongUsage)
                : id is null || id == trainedOn ? EvaluatedPolicies.Of(trained, _checkpoint.IsGreedy(result))
                : throw new CommandFailedException($"The checkpoint was trained on {trainedOn}, not on {id}; leave the environment out.", ExitCodes.WrongUsage);
        }

        if (id is null)
        {
            throw new CommandFailedException("heron evaluate takes an environment or --checkpoint DIR. 'heron envs' lists environments, 'heron runs' lists runs.", ExitCodes.WrongUsage);
        }

        EnvironmentFactory environment = _environment.Configure(result, EnvironmentArguments.Find(registry, id));
        policy ??= "random";
        return new EvaluatedPolicies(environment, Policies[policy].CreateFor(environment), policy, Trained: null);
    }

    private void Evaluate(ParseResult result, EvaluatedPolicies policies, CommandContext context)
    {
        bool json = result.GetValue(_json);
        EpisodePlan plan = result.GetValue(_eventDriven)
            ? _events.Plan(result, policies.Environment, EndOf(result, policies.Environment))
            : new EpisodePlan(policies.Environment) { MaxSteps = result.GetValue(_steps) };
        var report = new EvaluationReport(context.Terminal, policies, plan);
        var evaluation = new Evaluation(plan, policies.Source)
        {
            Episodes = (uint)result.GetValue(_episodes),
            Seed = (uint)(result.GetValue(_seed) ?? 0),
            FirstStepped = json || result.GetValue(_episodes) > 1 ? null : report.Step,
        };
        if (json)
        {
            context.Terminal.Output.WriteLine(EvaluationJson.Of(policies, plan, [.. evaluation.Play(context.Interruption.Token)]));
            return;
        }

        report.Begin(evaluation.Seed);
        report.End([.. evaluation.Play(context.Interruption.Token)]);
    }

    private void Ablate(ParseResult result, EvaluatedPolicies policies, CommandContext context)
    {
        EnvironmentSpec spec = policies.Environment.Spec;
        double end = EndOf(result, policies.Environment);
        double most = spec.MaxEpisodeSteps ?? double.PositiveInfinity;
        double steps = result.GetValue(_end) is null ? most : spec.StepSeconds is { } step ? Math.Min(Math.Floor((end / step) + 1e-9), most) : 0;
        if (steps is < 1 or > long.MaxValue)
        {
            throw new CommandFailedException(FormattableString.Invariant($"--t-end is {end}; an ablation takes at least one step of {spec.Id}, which is {spec.StepSeconds} s."), ExitCodes.WrongUsage);
        }

        var ablation = new Ablation(_events.Plan(result, policies.Environment, end), policies.Source, (long)steps)
        {
            Episodes = (uint)result.GetValue(_episodes),
            Seed = (uint)(result.GetValue(_seed) ?? 0),
        };
        var report = new AblationReport(context.Terminal, policies, ablation);
        if (result.GetValue(_json))
        {
            report.WriteJson([.. ablation.Play(context.Interruption.Token)]);
            return;
        }

        report.Begin();
        report.End([.. ablation.Play(context.Interruption.Token)]);
    }

    private double EndOf(ParseResult result, EnvironmentFactory environment)
    {
        if (result.GetValue(_end) is { } end)
        {
            return end;
        }

        EpisodePlan endless = _events.Plan(result, environment, EpisodePlan.EndOfTimeSeconds / 2);
        using var run = (EventEpisodeRun)InvalidRequestException.Unless(() => endless.Create(new NeutralActions()));
        return environment.Spec.MaxEpisodeSteps is { } steps
            ? Math.Min(steps * run.PhysicsIntervalSeconds, endless.EndSeconds)
            : throw new CommandFailedException($"--t-end is missing: episodes of {environment.Spec.Id} have no limit of their own. Give the simulated seconds of one, for example --t-end 300.", ExitCodes.WrongUsage);
    }
}

using System.CommandLine;
using Heron.Learning.Runs;
using Heron.Learning.Training;

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

        Examples:
          heron evaluate --checkpoint runs/five
          heron evaluate --checkpoint runs/five/checkpoint_000050 --episodes 20 --sampled
          heron evaluate --checkpoint runs/five -p loads=4,5,3 --json

        Exit codes: 0 done, 1 failed, 2 wrong usage, 130 interrupted by Ctrl-C.
        """;

    private readonly CheckpointArguments _checkpoint = new(required: true);

    private readonly EnvironmentArguments _environment = new();

    private readonly Option<int> _episodes = NumberOption.Create("--episodes", "Episodes to play.", minimum: 1, value: 1);

    private readonly Option<long?> _seed = NumberOption.CreateOptional("--seed", "Seed of the first episode. Without it, 0.", 0, uint.MaxValue);

    private readonly Option<bool> _json = new("--json") { Description = "Print JSON: every episode, and the means over all." };

    private EvaluateCommand()
    {
    }

    /// <summary>Declares the command.</summary>
    /// <param name="context">What it works with.</param>
    public static Command Create(CommandContext context)
    {
        var evaluate = new EvaluateCommand();
        var command = new DocumentedCommand("evaluate", "Replays a checkpoint of a training run and prints how well it does.", Details)
        {
            evaluate._checkpoint.Checkpoint, evaluate._episodes, evaluate._seed, evaluate._checkpoint.Sampled, evaluate._environment.Parameters, evaluate._json,
        };
        command.SetAction((result, _) => evaluate.RunAsync(result, context));
        return command;
    }

    private async Task<int> RunAsync(ParseResult result, CommandContext context)
    {
        TrainedPolicies trained = _checkpoint.Load(result, _environment, context.Registry)!;
        var report = new EvaluationReport(context.Terminal.Output, trained, _checkpoint.IsGreedy(result));
        int episodes = result.GetValue(_episodes);
        uint seed = (uint)(result.GetValue(_seed) ?? 0);
        bool json = result.GetValue(_json);
        using var evaluator = new PolicyEvaluator(context.Registry, trained.Configuration.Training, trained.Policies);
        if (!json)
        {
            report.Begin(seed);
        }

        // An interruption leaves the episodes behind; the program ends.
        IReadOnlyList<EpisodeResult> results = await Task.Run(
            () => evaluator.Play(episodes, seed, _checkpoint.IsGreedy(result), episodes == 1 && !json ? report.Step : null),
            CancellationToken.None).WaitAsync(context.Interruption.Token);
        if (json)
        {
            report.WriteJson(results);
        }
        else
        {
            report.End(results);
        }

        return ExitCodes.Done;
    }
}

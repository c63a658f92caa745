namespace Heron.Learning.Checkpoints;

/// <summary>All that a run needs to go on, and an evaluation to play: configuration, weights, and the state of the trainer.</summary>
public sealed record Checkpoint
{
    /// <summary>Iterations that were done, at least 0.</summary>
    public required int Iteration { get; init; }

    /// <summary>Environment steps that were sampled for it.</summary>
    public required long EnvironmentSteps { get; init; }

    /// <summary>Wall time of the training so far, in seconds.</summary>
    public required double ElapsedSeconds { get; init; }

    /// <summary>Mean return of its iteration, summed over the agents; not-a-number before the first episode has ended.</summary>
    public required double MeanReturn { get; init; }

    /// <summary>Highest mean return of the run so far; not-a-number like <see cref="MeanReturn"/>.</summary>
    public required double BestReturn { get; init; }

    /// <summary>The resolved options of the run, a JSON document.</summary>
    public required string Configuration { get; init; }

    /// <summary>The parameters of all policies.</summary>
    public required IReadOnlyList<CheckpointTensor> Tensors { get; init; }

    /// <summary>The trainer's own block: weights, optimizer, random streams, states of the environments.</summary>
    public required ReadOnlyMemory<byte> TrainerState { get; init; }
}

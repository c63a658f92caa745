namespace Heron.Learning.Ppo;

/// <summary>What an update over a batch saw: means over its gradient steps, unless said otherwise.</summary>
public readonly record struct PpoStatistics
{
    /// <summary>Loss of the policy, without entropy and KL term.</summary>
    public required double PolicyLoss { get; init; }

    /// <summary>Loss of the values, clipped as the options say, without coefficient.</summary>
    public required double ValueLoss { get; init; }

    /// <summary>Mean squared error of the values.</summary>
    public required double UnclippedValueLoss { get; init; }

    /// <summary>Entropy of the policy, nats.</summary>
    public required double Entropy { get; init; }

    /// <summary>KL(old || new), nats: exact with a KL term, else the estimate from the ratios.</summary>
    public required double Kl { get; init; }

    /// <summary>The same over the last minibatch alone, which steers the KL coefficient.</summary>
    public required double LastKl { get; init; }

    /// <summary>Part of the rows whose ratio left the clip range.</summary>
    public required double ClipFraction { get; init; }

    /// <summary>The whole loss.</summary>
    public required double Loss { get; init; }

    /// <summary>Norm of the gradient before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>1 - Var(target - value) / Var(target) of the values the batch came with: 1 is a perfect critic, 0 a constant one. 0 when all targets are equal.</summary>
    public required double ExplainedVariance { get; init; }

    /// <summary>Weight of the KL term for the next batch.</summary>
    public required float KlCoefficient { get; init; }

    /// <summary>Adam's step size in this update.</summary>
    public required float LearningRate { get; init; }

    /// <summary>Gradient steps that were made.</summary>
    public required int Steps { get; init; }

    /// <summary>Gradient steps that were left out, because their gradient was not finite.</summary>
    public required int SkippedSteps { get; init; }
}

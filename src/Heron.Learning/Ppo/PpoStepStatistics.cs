namespace Heron.Learning.Ppo;

/// <summary>What one gradient step saw: means over its rows, before the step.</summary>
public readonly record struct PpoStepStatistics
{
    /// <summary>-mean(min(ratio advantage, clipped ratio advantage)).</summary>
    public required double PolicyLoss { get; init; }

    /// <summary>Mean value loss, clipped as the options say, without coefficient.</summary>
    public required double ValueLoss { get; init; }

    /// <summary>Mean squared error of the values.</summary>
    public required double UnclippedValueLoss { get; init; }

    /// <summary>Mean entropy of the policy, nats.</summary>
    public required double Entropy { get; init; }

    /// <summary>Mean KL(old || new), nats; 0 without a KL term.</summary>
    public required double Divergence { get; init; }

    /// <summary>Estimate of the KL from the ratios alone, mean(ratio - 1 - log ratio).</summary>
    public required double ApproximateDivergence { get; init; }

    /// <summary>Part of the rows whose ratio left the clip range.</summary>
    public required double ClipFraction { get; init; }

    /// <summary>The whole loss.</summary>
    public required double Loss { get; init; }

    /// <summary>Norm of the gradient of all parameters, before clipping.</summary>
    public required double GradientNorm { get; init; }

    /// <summary>Whether parameters were changed: a step whose gradient is not finite is left out.</summary>
    public bool IsApplied => double.IsFinite(GradientNorm);
}

namespace Heron.Learning;

/// <summary>Where a policy writes its actions; memory of the caller.</summary>
public readonly ref struct ActBatch
{
    /// <summary>Receives the continuous parts, shape (rows, n).</summary>
    public Span<float> Continuous { get; init; }

    /// <summary>Receives the discrete parts, shape (rows, heads).</summary>
    public Span<int> Discrete { get; init; }

    /// <summary>Receives the log-probabilities of the actions, shape (rows); may be empty.</summary>
    public Span<float> LogProbabilities { get; init; }

    /// <summary>Receives the distribution inputs before masking, shape (rows, k); may be empty.</summary>
    public Span<float> DistributionInputs { get; init; }
}

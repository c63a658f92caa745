namespace Heron.Core.Environments.Conformance;

/// <summary>How long the conformance suite looks.</summary>
public sealed record ConformanceOptions
{
    /// <summary>Seed of everything random in the suite; the same seed gives the same findings. Default 1.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>Episodes that each rule looks at, at least 1. Default 4.</summary>
    public int Episodes { get; init; } = 4;

    /// <summary>Steps after which an episode is left, if it is not over before. Default 500.</summary>
    public int MaxSteps { get; init; } = 500;

    /// <summary>Copies in the vector environments that are compared with single copies. Default 5.</summary>
    public int Copies { get; init; } = 5;

    /// <summary>Numbers of threads that those vector environments use. Default 1, 2 and 3.</summary>
    public IReadOnlyList<int> ThreadCounts { get; init; } = [1, 2, 3];

    /// <summary>Calls whose allocations are counted. Default 2,000.</summary>
    public int AllocationSteps { get; init; } = 2000;
}

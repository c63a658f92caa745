namespace Heron.Core.Environments.Conformance;

/// <summary>How long the conformance suite looks.</summary>
/// <remarks>A number below 1 is an <see cref="ArgumentOutOfRangeException"/>: a suite that looks at nothing would find nothing.</remarks>
public sealed record ConformanceOptions
{
    /// <summary>Seed of everything random in the suite; the same seed gives the same findings. Default 1.</summary>
    public uint Seed { get; init; } = 1;

    /// <summary>Episodes that each rule looks at, at least 1. Default 4.</summary>
    public int Episodes { get; init => field = AtLeastOne(value, nameof(Episodes)); } = 4;

    /// <summary>Steps after which an episode is left, if it is not over before; at least 1. Default 500.</summary>
    public int MaxSteps { get; init => field = AtLeastOne(value, nameof(MaxSteps)); } = 500;

    /// <summary>Copies in the vector environments that are compared with single copies, at least 1. Default 5.</summary>
    public int Copies { get; init => field = AtLeastOne(value, nameof(Copies)); } = 5;

    /// <summary>Numbers of threads that those vector environments use, each at least 1; at least one number. Default 1, 2 and 3.</summary>
    public IReadOnlyList<int> ThreadCounts
    {
        get;
        init
        {
            AtLeastOne(value.Count, nameof(ThreadCounts));
            field = [.. value.Select(threads => AtLeastOne(threads, nameof(ThreadCounts)))];
        }
    } = [1, 2, 3];

    /// <summary>Calls whose allocations are counted, at least 1. Default 2,000.</summary>
    public int AllocationSteps { get; init => field = AtLeastOne(value, nameof(AllocationSteps)); } = 2000;

    private static int AtLeastOne(int value, string name) => value >= 1
        ? value
        : throw new ArgumentOutOfRangeException(name, value, $"{name} of the conformance suite is {value}; at least 1 is needed for it to find anything.");
}

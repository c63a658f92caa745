namespace Heron.Learning.Tests.Shared;

/// <summary>Tests that count allocated bytes run alone: other threads' work must not start the collector in between.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AllocationCollection
{
    public const string Name = "Allocation";
}

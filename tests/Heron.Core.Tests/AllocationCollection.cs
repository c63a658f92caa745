namespace Heron.Core.Tests;

/// <summary>Tests that count the bytes allocated by the whole process; they run while no other test does.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AllocationCollection
{
    public const string Name = "Allocation";
}

namespace Heron.Simulations.Tests;

/// <summary>Tests that count allocated bytes; they run while no other test does, because the runtime's own tables may grow on any thread that happens to pass.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AllocationCollection
{
    public const string Name = "Allocation";
}

namespace Heron.Tests.Shared;

/// <summary>Counts what work allocates.</summary>
internal static class Allocations
{
    private const int Attempts = 5;

    /// <summary>Fewest bytes that this thread allocates in one of a few attempts.</summary>
    /// <remarks>Work that allocates does so in every attempt; now and then the runtime does on the same thread, or a collection falls between two reads of its counters.</remarks>
    /// <param name="work">Done once or more; it has been done before, so that everything is compiled.</param>
    public static long Of(Action work)
    {
        long fewest = long.MaxValue;
        for (int attempt = 0; attempt < Attempts && fewest > 0; attempt++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            work();
            fewest = Math.Min(fewest, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return fewest;
    }
}

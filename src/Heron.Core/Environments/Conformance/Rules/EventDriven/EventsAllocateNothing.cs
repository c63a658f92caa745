using System.Globalization;
using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Core.Environments.Conformance.Rules.EventDriven;

internal sealed class EventsAllocateNothing : EventDrivenRule
{
    public override string Meaning => "Event-driven, an episode that is played again allocates no memory.";

    public override string Remedy => "In Apply, ApplyDisturbance, conditions and handlers of messages and events replace LINQ, lambdas that capture, boxing and new arrays by loops over arrays and spans.";

    internal override IReadOnlyList<string> Presumed => [nameof(NoEventExceptions), nameof(NothingAllocated)];

    protected override string? FindViolation(Trial trial, uint seed)
    {
        var run = new EventTrial(trial);
        run.Play(seed);
        EventScheduler scheduler = EventTrial.NewScheduler(trial, new RandomActions(), observer: null);

        // The first time warms up; the same episode meets nothing new later. As step by step, the best of three counts.
        Count fewest = Play(scheduler, seed, run.Events);
        for (int round = 0; round < 3 && fewest.Bytes > 0; round++)
        {
            Count count = Play(scheduler, seed, run.Events);
            fewest = count.Bytes < fewest.Bytes ? count : fewest;
        }

        return fewest.Bytes == 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"Event-driven episode of seed {seed}: {run.Events} events allocate {fewest.Bytes} bytes, most at once ({fewest.MostBytes}) in {fewest.Where}.");
    }

    private static Count Play(EventScheduler scheduler, uint seed, long events)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        scheduler.Reset(seed);
        long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        long most = bytes;
        EventInfo worst = default;
        bool isReset = true;
        for (long i = 0; i < events && !scheduler.IsOver; i++)
        {
            before = GC.GetAllocatedBytesForCurrentThread();
            scheduler.ProcessNext(out EventInfo happened);
            long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
            bytes += allocated;
            if (allocated > most)
            {
                (most, worst, isReset) = (allocated, happened, false);
            }
        }

        string place = isReset ? "the reset" : string.Create(CultureInfo.InvariantCulture, $"{EventTrial.Describe(worst)} at {worst.TimeSeconds} s");
        return new Count(bytes, most, place);
    }

    private readonly record struct Count(long Bytes, long MostBytes, string Where);
}

using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Benchmarks.Messaging;

/// <summary>Messages sent and received per second, with delays and by protocols; prints a table for RESULTS.md.</summary>
internal static class MessageReport
{
    private const int Few = 10;
    private const int Many = 1_000;

    private static readonly (string Name, Func<int, Func<long>> Of)[] Cases =
    [
        ("mailbox with a handler, no delay", agents => Steps(PostTown.Letters(agents, delaySeconds: 0), agents * PostTown.LettersPerStep)),
        ("mailbox with a handler, 3.5 steps under way", agents => Steps(PostTown.Letters(agents, delaySeconds: 3.5), agents * PostTown.LettersPerStep)),
        ("the same event-driven, one event each", agents => Events(PostTown.Letters(agents, delaySeconds: 3.5), agents * PostTown.LettersPerStep)),
        ("price signal to all members", agents => Steps(PostTown.Announcements(agents, new PriceSignal()), agents)),
        ("state of two neighbours to each member", agents => Steps(PostTown.Announcements(agents, new StateSharing(Topology.Ring, "value")), agents)),
    ];

    /// <summary>Measures and prints everything.</summary>
    public static void Print()
    {
        double[] few = TurnTaking.NanosecondsPerUnit([.. Cases.Select(item => item.Of(Few))]);
        double[] many = TurnTaking.NanosecondsPerUnit([.. Cases.Select(item => item.Of(Many))]);
        Console.WriteLine(FormattableString.Invariant($"| messages, all that else happens in a step included | {Few} agents | {Many:N0} agents |\n|---|---|---|"));
        for (int i = 0; i < Cases.Length; i++)
        {
            Console.WriteLine(FormattableString.Invariant($"| {Cases[i].Name} | {few[i]:N1} ns, {1e3 / few[i]:N1} M/s | {many[i]:N1} ns, {1e3 / many[i]:N1} M/s |"));
        }
    }

    private static Func<long> Steps(EnvironmentFactory factory, int messagesPerStep)
    {
        var environment = new VectorEnvironment(factory, 1, threads: 1);
        environment.Reset(1);
        int steps = Math.Max(1, 10_000 / messagesPerStep);
        return () =>
        {
            for (int i = 0; i < steps; i++)
            {
                environment.Step();
            }

            return (long)steps * messagesPerStep;
        };
    }

    private static Func<long> Events(EnvironmentFactory factory, int messagesPerSecond)
    {
        EventScheduler scheduler = factory.CreateEventScheduler(new NeutralActions(), new EventOptions { RecordHistory = false });
        scheduler.Reset(1);
        int seconds = Math.Max(1, 10_000 / messagesPerSecond);
        return () =>
        {
            scheduler.RunUntil(scheduler.TimeSeconds + seconds);
            return (long)seconds * messagesPerSecond;
        };
    }
}

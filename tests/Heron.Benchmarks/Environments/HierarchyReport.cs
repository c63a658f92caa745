using System.Diagnostics;
using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Randomness;
using Heron.Core.Scheduling;
using Heron.Simulations;

namespace Heron.Benchmarks.Environments;

/// <summary>How steps, events, memory and building grow with the number of agents; prints tables for RESULTS.md. All on one thread.</summary>
internal static class HierarchyReport
{
    private const int Builds = 5;

    private static readonly int[] Sizes = [3, 10, 100, 1_000, 10_000];

    private static readonly Sight[] Sights = [Sight.Nobody, Sight.Neighbors, Sight.Below];

    private static readonly (string Name, ScheduleConfig Schedule)[] Timings =
    [
        ("delays", ScheduleConfig.Deterministic(1, observationDelaySeconds: 0.1, actionDelaySeconds: 0.2, messageDelaySeconds: 0.05)),
        ("delays and jitter", ScheduleConfig.Deterministic(1, 0.1, 0.2, 0.05).WithJitter()),
    ];

    /// <summary>Measures and prints everything.</summary>
    public static void Print()
    {
        PrintSteps();
        PrintCatalogueSteps();
        PrintEvents();
        PrintMemory();
        PrintBuilding();
    }

    private static void PrintSteps()
    {
        Console.WriteLine("\n### Steps: ns per agent-step\n");
        (Sight Sight, int Size)[] cases = [.. Sights.SelectMany(sight => Sizes.Select(size => (sight, size)))];
        double[] times = TurnTaking.NanosecondsPerUnit([.. cases.Select(item => StepsOf(GeneratedHierarchy.Build(item.Size, item.Sight)))]);
        PrintBySize("sees others", Sights, (sight, size) => FormattableString.Invariant($"{times[Array.IndexOf(cases, (sight, size))]:N1}"));
    }

    private static void PrintCatalogueSteps()
    {
        Console.WriteLine("\n### Steps of environments in the catalogue: ns per agent-step\n");
        EnvironmentRegistry registry = HeronEnvironments.AddTo(new EnvironmentRegistry());
        (string Id, string Parameter, int Value)[] cases =
        [
            .. new[] { 1, 3, 10, 100, 1_000, 5_000 }.Select(count => ("SimpleMicrogrids-v0", "num_microgrids", count)),
            .. new[] { 2, 26 }.Select(count => ("Thermostat-v0", "num_rooms", count)),
        ];
        EnvironmentFactory[] factories = [.. cases.Select(item => registry.Get(item.Id).Configure(new Dictionary<string, object> { [item.Parameter] = item.Value }))];
        double[] times = TurnTaking.NanosecondsPerUnit([.. factories.Select(StepsOf)]);
        Console.WriteLine("| environment | agents | ns per agent-step | steps/s | agent-steps/s |\n|---|---|---|---|---|");
        for (int i = 0; i < cases.Length; i++)
        {
            int agents = factories[i].Spec.Agents.Count;
            Console.WriteLine(FormattableString.Invariant(
                $"| {cases[i].Id}, {cases[i].Parameter} {cases[i].Value} | {agents:N0} | {times[i]:N1} | {1e9 / times[i] / agents:N0} | {1e9 / times[i]:N0} |"));
        }
    }

    private static void PrintEvents()
    {
        foreach ((string name, ScheduleConfig schedule) in Timings)
        {
            (Sight Sight, int Size)[] cases = [.. Sights.SelectMany(sight => Sizes.Select(size => (sight, size)))];
            EventScheduler[] schedulers = [.. cases.Select(item => Start(GeneratedHierarchy.Build(item.Size, item.Sight, schedule)))];
            double[] times = TurnTaking.NanosecondsPerUnit([.. schedulers.Select((scheduler, i) => EventsOf(scheduler, cases[i].Size))]);
            Console.WriteLine($"\n### Events with {name}: ns per event (events/s, agent ticks/s, events per tick)\n");
            PrintBySize("sees others", Sights, (sight, size) =>
            {
                int place = Array.IndexOf(cases, (sight, size));
                EpisodeStatistics statistics = schedulers[place].Statistics;
                double perTick = (double)statistics.Events / TicksOf(statistics);
                return FormattableString.Invariant($"{times[place]:N1} ({1e3 / times[place]:N1} M, {1e3 / times[place] / perTick:N2} M, {perTick:N1})");
            });
        }
    }

    private static void PrintMemory()
    {
        Console.WriteLine("\n### Memory of one more copy, bytes: state and buffers by the layout; allocated for it\n");
        PrintBySize("sees others", Sights, (sight, size) =>
        {
            EnvironmentFactory factory = GeneratedHierarchy.Build(size, sight, Timings[1].Schedule);
            IMultiAgentEnvironment? copy = null;
            long allocated = Allocated(() => copy = factory.Create());
            EventScheduler? scheduler = null;
            long eventDriven = Allocated(() =>
            {
                scheduler = Start(factory);
                scheduler.RunUntil(10);
            });
            return FormattableString.Invariant(
                $"{copy!.StateByteCount:N0} + {BufferBytes(factory.Spec):N0}; {allocated:N0}; event-driven {scheduler!.StateByteCount:N0}; {eventDriven:N0}");
        });
    }

    private static void PrintBuilding()
    {
        Console.WriteLine("\n### Building: ms for the tree; us for a copy; ms for an event-driven copy\n");
        PrintBySize("sees others", Sights, (sight, size) =>
        {
            EnvironmentFactory? factory = null;
            double tree = Milliseconds(() => factory = GeneratedHierarchy.Build(size, sight));
            double copy = Milliseconds(() => factory!.Create());
            double eventDriven = Milliseconds(() => factory!.CreateEventScheduler(new RandomActions()));
            return FormattableString.Invariant($"{tree:N2}; {1e3 * copy:N1}; {eventDriven:N2}");
        });
    }

    private static Func<long> StepsOf(EnvironmentFactory factory)
    {
        var environment = new VectorEnvironment(factory, 1, AutoresetMode.SameStep, threads: 1);
        environment.Reset(1);
        var random = new RandomStream(1);
        EnvironmentLayout layout = factory.Spec.Layout;
        for (int agent = 0; agent < layout.AgentCount; agent++)
        {
            factory.Spec.Agents[agent].ActionSpace.Sample(
                ref random,
                environment.ContinuousActions.Row(0)[layout.Continuous(agent)],
                environment.DiscreteActions.Row(0)[layout.Discrete(agent)]);
        }

        // One agent-step is one agent that observes and acts in one step.
        int steps = Math.Max(1, 10_000 / layout.AgentCount);
        return () =>
        {
            for (int i = 0; i < steps; i++)
            {
                environment.Step();
            }

            return (long)steps * layout.AgentCount;
        };
    }

    private static EventScheduler Start(EnvironmentFactory factory)
    {
        EventScheduler scheduler = factory.CreateEventScheduler(new RandomActions(), new EventOptions { RecordHistory = false });
        scheduler.Reset(1);
        return scheduler;
    }

    private static Func<long> EventsOf(EventScheduler scheduler, int size)
    {
        double seconds = Math.Max(1, 2_000 / size);
        return () =>
        {
            long before = scheduler.Statistics.Events;
            scheduler.RunUntil(scheduler.TimeSeconds + seconds);
            return scheduler.Statistics.Events - before;
        };
    }

    // Without the system agent, whose ticks are runs of the physics.
    private static long TicksOf(EpisodeStatistics statistics) => statistics.Count(EventKind.AgentTick) - statistics.PhysicsRuns;

    private static int BufferBytes(EnvironmentSpec spec)
    {
        EnvironmentLayout layout = spec.Layout;
        int numbers = layout.ObservationLength + layout.ContinuousLength + layout.DiscreteLength + layout.AgentCount + spec.MetricNames.Count;
        return (numbers * sizeof(float)) + layout.AgentCount + layout.MaskLength;
    }

    private static long Allocated(Action make)
    {
        make();
        long before = GC.GetAllocatedBytesForCurrentThread();
        make();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static double Milliseconds(Action make)
    {
        double[] times = new double[Builds];
        for (int i = 0; i < Builds; i++)
        {
            long start = Stopwatch.GetTimestamp();
            make();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }

        return TurnTaking.Median(times);
    }

    private static void PrintBySize<T>(string heading, IEnumerable<T> rows, Func<T, int, string> cell)
    {
        Console.WriteLine($"| {heading} | {string.Join(" | ", Sizes.Select(size => FormattableString.Invariant($"{size:N0}")))} |");
        Console.WriteLine($"|---|{string.Concat(Sizes.Select(_ => "---|"))}");
        foreach (T row in rows)
        {
            Console.WriteLine($"| {row} | {string.Join(" | ", Sizes.Select(size => cell(row, size)))} |");
        }
    }
}

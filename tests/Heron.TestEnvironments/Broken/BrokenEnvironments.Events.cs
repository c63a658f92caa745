using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.TestEnvironments.Broken;

/// <summary>Defects that only event-driven episodes show.</summary>
public static partial class BrokenEnvironments
{
    /// <summary>The environment that has these defects, without one.</summary>
    public static EnvironmentFactory SoundWorld => ShockedWorld.Build(Rise);

    /// <summary>Defects in which step mode is sound.</summary>
    public static IEnumerable<BrokenEnvironment> WhenDrivenByEvents()
    {
        yield return new BrokenEnvironment("NoEventExceptions", "throws when it is hit", ShockedWorld.Build(_ => throw new NotSupportedException("No shocks here.")));
        yield return new BrokenEnvironment("EventsReachAgents", "ends before its physics runs", ShockedWorld.Build(
            Rise, (builder, _) => builder.Schedule("system_agent", schedule => schedule with { TickIntervalSeconds = 300 }), maxEpisodeSeconds: 100));
        yield return new BrokenEnvironment("EventsReachAgents", "has an agent that sleeps for days", ShockedWorld.Build(
            Rise, (builder, _) => builder.Schedule("gauge", schedule => schedule with { TickIntervalSeconds = 200_000 })));
        yield return new BrokenEnvironment("EventsReachAgents", "sends messages that take hours", ShockedWorld.Build(
            Rise, (builder, _) => builder.Schedule("gauge", schedule => schedule with { MessageDelaySeconds = 7200 })));
        yield return new BrokenEnvironment("EventNumbersInSpace", "runs over when it is hit", ShockedWorld.Build(level => level + 0.3));
        yield return new BrokenEnvironment("EventNumbersInSpace", "has an infinite reward when it is hit", ShockedWorld.Build(_ => 1));
        int shocks = 0;
        yield return new BrokenEnvironment("EventSeedsRepeat", "counts the shocks of all copies", ShockedWorld.Build(_ => shocks++ % 9 / 10.0));
        yield return new BrokenEnvironment("EventStateContinues", "keeps the level before a shock outside its state", ShockedWorld.Build(
            Rise, (builder, level) => builder.SimulateWith(() => new Echo(level))));
        object[] kept = new object[1];
        yield return new BrokenEnvironment("EventsAllocateNothing", "allocates when it is hit", ShockedWorld.Build(level =>
        {
            kept[0] = new object();
            return Rise(level);
        }));
    }

    private static double Rise(double level) => (level + 0.3) % 0.9;

    /// <summary>Shows the level of the run before.</summary>
    private sealed class Echo(Feature<ShockedWorld.WaterLevel> level) : ISimulationBridge
    {
        private double _before;

        public void Simulate(in SimulationContext context)
        {
            ref double share = ref context.Get(level).Share;
            (share, _before) = (context.Step == 0 ? 0 : _before, share);
        }
    }
}

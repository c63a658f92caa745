using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.TestEnvironments.Broken;

/// <summary>A world that shocks hit, of which step mode knows nothing, and a gauge that watches it.</summary>
internal sealed class ShockedWorld : SystemAgent
{
    private static readonly DisturbanceSchedule Shocks = new([.. Enumerable.Range(1, 8).Select(number => (3.25 * number, new Disturbance("shock")))]);

    private readonly Func<double, double> _onShock;
    private readonly Feature<WaterLevel> _level;

    private ShockedWorld(Func<double, double> onShock)
    {
        _onShock = onShock;
        _level = AddFeature(default(WaterLevel), Visibility.Public);
    }

    /// <summary>Builds the environment.</summary>
    /// <param name="onShock">The level after a shock, given that before; levels from 0 to less than 1 are sound.</param>
    /// <param name="alter">Changes about the rest.</param>
    /// <param name="maxEpisodeSeconds">Limit of event-driven episodes.</param>
    public static EnvironmentFactory Build(
        Func<double, double> onShock, Action<HeronEnvironmentBuilder, Feature<WaterLevel>>? alter = null, double? maxEpisodeSeconds = null)
    {
        var world = new ShockedWorld(onShock);
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Shocked-v0", new HeronEnvironmentOptions { MaxEpisodeSteps = 30, MaxEpisodeSeconds = maxEpisodeSeconds })
            .Add(world)
            .Add(new Gauge(world._level), "system_agent")
            .DisturbWith(Shocks);
        alter?.Invoke(builder, world._level);
        return builder.Build();
    }

    public override void ApplyDisturbance(in AgentContext context, Disturbance disturbance) =>
        context.Get(_level).Share = _onShock(context.Get(_level).Share);

    public struct WaterLevel
    {
        [Unit("1", Minimum = 0, Maximum = 1)]
        public double Share;
    }

    private sealed class Gauge : FieldAgent
    {
        private readonly Feature<WaterLevel> _level;

        public Gauge(Feature<WaterLevel> level)
            : base("gauge")
        {
            _level = level;
            ActionSpace = new BoxSpace(0, 1);
        }

        // Infinite at the brim.
        public override double Reward(in AgentView view) => 1 / (1 - view.Get(_level).Share);
    }
}

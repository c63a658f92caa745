using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Leaves the rewards to the agents and reports zones and weather.</summary>
internal sealed class HeatingScore : EnvironmentScore
{
    private readonly Feature<ZoneTemperature>[] _zones;
    private readonly Feature<OutsideAir> _outside;

    public HeatingScore(Feature<ZoneTemperature>[] zones, Feature<OutsideAir> outside)
    {
        _zones = zones;
        _outside = outside;
        MetricNames = ["mean_error", "ambient_temperature"];
    }

    public override void Score(in ScoreContext context)
    {
        double sum = 0;
        foreach (Feature<ZoneTemperature> feature in _zones)
        {
            ref readonly ZoneTemperature zone = ref context.Get(feature);
            sum += Math.Abs(zone.Temperature - zone.Target);
        }

        context.Metrics[0] = (float)(sum / _zones.Length);
        context.Metrics[1] = (float)context.Get(_outside).Temperature;
    }
}

using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.Thermostat;

/// <summary>Leaves the rewards to the rooms and reports how far they are from their targets.</summary>
internal sealed class ThermostatScore : EnvironmentScore
{
    private readonly Feature<RoomTemperature>[] _rooms;

    public ThermostatScore(Feature<RoomTemperature>[] rooms)
    {
        _rooms = rooms;
        MetricNames = ["mean_error"];
    }

    public override void Score(in ScoreContext context)
    {
        double sum = 0;
        foreach (Feature<RoomTemperature> room in _rooms)
        {
            ref readonly RoomTemperature air = ref context.Get(room);
            sum += Math.Abs(air.Temperature - air.Target);
        }

        context.Metrics[0] = (float)(sum / _rooms.Length);
    }
}

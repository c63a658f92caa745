using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.Thermostat;

/// <summary>The building's physics: rooms lose heat to the outside and exchange it with each other.</summary>
/// <remarks>T := T + 0.1 (T_outside - T) for every room; then, with two rooms or more, T := T + 0.05 (mean T - T).</remarks>
internal sealed class HeatFlow(Feature<RoomTemperature>[] rooms, double outsideTemperature) : ISimulationBridge
{
    private const double LossPerStep = 0.1;
    private const double ExchangePerStep = 0.05;

    private readonly double[] _temperatures = new double[rooms.Length];

    public void ReadState(in SimulationContext context)
    {
        for (int i = 0; i < rooms.Length; i++)
        {
            _temperatures[i] = context.Get(rooms[i]).Temperature;
        }
    }

    public void Simulate(in SimulationContext context)
    {
        double sum = 0;
        foreach (ref double temperature in _temperatures.AsSpan())
        {
            temperature += LossPerStep * (outsideTemperature - temperature);
            sum += temperature;
        }

        double mean = sum / _temperatures.Length;
        foreach (ref double temperature in _temperatures.AsSpan())
        {
            temperature += ExchangePerStep * (mean - temperature);
        }
    }

    public void WriteResults(in SimulationContext context)
    {
        for (int i = 0; i < rooms.Length; i++)
        {
            context.Get(rooms[i]).Temperature = Math.Clamp(_temperatures[i], Room.MinTemperature, Room.MaxTemperature);
        }
    }
}

using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>The building's physics: zones lose heat to the outside, exchange it with each other, and lose more through the vent.</summary>
/// <remarks>
/// With T0 the temperatures at the start of the run: t = T0_i + 0.05 (T_outside - T0_i); for every other zone j in turn
/// t := t + 0.03 (T0_j - t); then t := t - 0.5 * opening of the vent; T_i = t held between 5 and 40.
/// </remarks>
internal sealed class AirFlow(Feature<ZoneTemperature>[] zones, Feature<VentStatus>? vent, Feature<OutsideAir> outside) : ISimulationBridge
{
    private const double Loss = 0.05;
    private const double Exchange = 0.03;
    private const double VentCooling = 0.5;
    private const double MinTemperature = 5;
    private const double MaxTemperature = 40;

    private readonly double[] _before = new double[zones.Length];
    private readonly double[] _after = new double[zones.Length];
    private double _outside;
    private double _isOpen;

    public void ReadState(in SimulationContext context)
    {
        for (int i = 0; i < zones.Length; i++)
        {
            _before[i] = context.Get(zones[i]).Temperature;
        }

        _outside = context.Get(outside).Temperature;
        _isOpen = vent is null ? 0 : context.Get(vent).IsOpen;
    }

    public void Simulate(in SimulationContext context)
    {
        for (int i = 0; i < _before.Length; i++)
        {
            double temperature = _before[i] + (Loss * (_outside - _before[i]));
            for (int j = 0; j < _before.Length; j++)
            {
                temperature += j == i ? 0 : Exchange * (_before[j] - temperature);
            }

            _after[i] = Math.Clamp(temperature - (VentCooling * _isOpen), MinTemperature, MaxTemperature);
        }
    }

    public void WriteResults(in SimulationContext context)
    {
        for (int i = 0; i < zones.Length; i++)
        {
            context.Get(zones[i]).Temperature = _after[i];
        }
    }
}

using Heron.Core.Features;

namespace Heron.Simulations.SensorNetwork;

/// <summary>What a sensor measures and reports.</summary>
public struct SensorReading
{
    /// <summary>Strength of the signal at its place, 0 to 2; above 0.5 there is something to detect.</summary>
    [Unit(Minimum = 0, Maximum = 2)]
    public double SignalStrength;

    /// <summary>1 if it reports a detection, else 0.</summary>
    [Unit(Minimum = 0, Maximum = 1)]
    public double Detection;

    /// <summary>Share of its neighbours that report a detection, 0 to 1.</summary>
    [Unit("fraction", Minimum = 0, Maximum = 1)]
    public double NeighborAvgDetection;
}

namespace Heron.Simulations.SensorNetwork;

/// <summary>What a sensor measures and reports.</summary>
public struct SensorReading
{
    /// <summary>Strength of the signal at its place, 0 to 2; above 0.5 there is something to detect.</summary>
    public double SignalStrength;

    /// <summary>1 if it reports a detection, else 0.</summary>
    public double Detection;

    /// <summary>Share of its neighbours that report a detection, 0 to 1.</summary>
    public double NeighborAvgDetection;
}

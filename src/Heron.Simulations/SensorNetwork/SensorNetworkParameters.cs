using Heron.Core.Environments;

namespace Heron.Simulations.SensorNetwork;

/// <summary>Parameters of SensorNetwork-v0.</summary>
public sealed record SensorNetworkParameters
{
    /// <summary>Sensors in the network, default 5.</summary>
    [EnvironmentParameter("Sensors in the network.", Minimum = 1, Maximum = 1000)]
    public int NumSensors { get; set; } = 5;

    /// <summary>Probability that two sensors are neighbours, default 0.4.</summary>
    [EnvironmentParameter("Probability that two sensors are neighbours; a sensor without any is given one.", Minimum = 0, Maximum = 1)]
    public double Connectivity { get; set; } = 0.4;

    /// <summary>Probability that a signal reaches a neighbour in a step, default 0.3.</summary>
    [EnvironmentParameter("Probability that a signal above 0.5 reaches a neighbour in a step.", Minimum = 0, Maximum = 1)]
    public double Spread { get; set; } = 0.3;

    /// <summary>Length of an episode in steps of one second, default 50.</summary>
    [EnvironmentParameter("Length of an episode.", Unit = "steps", Minimum = 1, Maximum = 1_000_000)]
    public int MaxEpisodeSteps { get; set; } = 50;

    /// <summary>Seed of the graph, which is the same in every episode; default 0.</summary>
    [EnvironmentParameter("Seed of the graph, which is the same in every episode.", Minimum = 0, Maximum = int.MaxValue)]
    public int GraphSeed { get; set; }

    /// <summary>Whether a sensor also sees the signals of its neighbours, default false.</summary>
    [EnvironmentParameter("Whether a sensor also sees the signals of its neighbours, one number more for each.")]
    public bool ShareSignals { get; set; }
}

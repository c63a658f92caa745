using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Simulations.SensorNetwork;

/// <summary>Decides in every step whether what it measures is a detection.</summary>
public sealed class Sensor : FieldAgent
{
    /// <summary>Signals above it should be reported.</summary>
    public const double Threshold = 0.5;

    /// <summary>Creates a sensor that measures nothing.</summary>
    /// <param name="id">Unique within the environment.</param>
    public Sensor(string id)
        : base(id)
    {
        Reading = AddFeature(default(SensorReading), Visibility.Owner | Visibility.UpperLevel);
        ActionSpace = new DiscreteSpace(2);
        ActionLabels = ["detection (0 no, 1 yes)"];
    }

    /// <summary>What it measures and reports.</summary>
    public Feature<SensorReading> Reading { get; }

    /// <summary>Reports a detection, or none.</summary>
    public override void Apply(in AgentContext context) => context.Get(Reading).Detection = context.Categories[0];

    /// <summary>1 for a detection that is right and -1 for a false one; 0.5 for silence that is right and 0 for a signal missed.</summary>
    public override double Reward(in AgentView view)
    {
        ref readonly SensorReading reading = ref view.Get(Reading);
        return (reading.SignalStrength > Threshold, reading.Detection >= 1) switch
        {
            (true, true) => 1,
            (false, true) => -1,
            (false, false) => 0.5,
            (true, false) => 0,
        };
    }
}

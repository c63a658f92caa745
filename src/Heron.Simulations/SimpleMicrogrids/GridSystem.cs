using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Scheduling;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>The root: watches the grid's frequency.</summary>
public sealed class GridSystem : SystemAgent
{
    /// <summary>Nominal frequency of the grid.</summary>
    public const double NominalHz = 60;

    /// <summary>Creates a grid at its nominal frequency.</summary>
    /// <param name="id">Unique within the environment.</param>
    public GridSystem(string id)
        : base(id)
    {
        Frequency = AddFeature(new SystemFrequency { FrequencyHz = NominalHz }, Visibility.System);
        Schedule = new ScheduleConfig(tickIntervalSeconds: 300);
    }

    /// <summary>The grid's frequency.</summary>
    public Feature<SystemFrequency> Frequency { get; }
}

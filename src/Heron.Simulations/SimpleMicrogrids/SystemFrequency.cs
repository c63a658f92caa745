using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Frequency of the grid.</summary>
public struct SystemFrequency
{
    /// <summary>Frequency at the end of the step.</summary>
    [Unit("Hz")]
    public double FrequencyHz;
}

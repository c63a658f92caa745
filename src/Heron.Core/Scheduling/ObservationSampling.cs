namespace Heron.Core.Scheduling;

/// <summary>Which moment an observation with a delay shows.</summary>
public enum ObservationSampling
{
    /// <summary>That of the tick: the agent decides on what was true one observation delay ago.</summary>
    Request,

    /// <summary>That of its arrival: the request is late, the data fresh.</summary>
    Delivery,
}

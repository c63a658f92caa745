using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Parameters of the levels with a vent, v2 and later.</summary>
public record VentedHeatingParameters : TwoRoomHeatingParameters
{
    /// <summary>Whether event-driven a zone above the threshold wakes the agent that decides about the vent; default false.</summary>
    [EnvironmentParameter("Whether event-driven a zone above the threshold wakes the agent that decides about the vent, at most every 2 s.")]
    public bool OverheatMonitors { get; set; }

    /// <summary>Temperature above which a zone is too warm, default 30 °C.</summary>
    [EnvironmentParameter("Temperature above which a zone is too warm.", Unit = "°C", Minimum = 5, Maximum = 40)]
    public double OverheatThreshold { get; set; } = 30;
}

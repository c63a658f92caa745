using Heron.Core.Features;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>The air outside.</summary>
public struct OutsideAir
{
    /// <summary>Its temperature.</summary>
    [Unit("°C")]
    public double Temperature;
}

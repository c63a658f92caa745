using Heron.Core.Features;

namespace Heron.Simulations.TransportFleet;

/// <summary>Where a vehicle is and how it is.</summary>
public struct VehicleStatus
{
    /// <summary>Distance east of the depot.</summary>
    public double X;

    /// <summary>Distance north of the depot.</summary>
    public double Y;

    /// <summary>Distance that it can still go, 0 or more.</summary>
    [Unit(Minimum = 0)]
    public double Fuel;

    /// <summary>Requests that it has served in this episode.</summary>
    [Unit(Minimum = 0)]
    public int Deliveries;

    /// <summary>Whether it carries a package. A delivery ends it; nothing in this version begins it.</summary>
    public bool HasPackage;

    /// <summary>Whether it has broken down, which lasts to the end of the episode.</summary>
    public bool IsBroken;

    /// <summary>Whether it can still move and deliver.</summary>
    internal readonly bool IsUsable => !IsBroken && Fuel > 0;
}

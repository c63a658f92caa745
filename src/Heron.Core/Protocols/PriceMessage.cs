namespace Heron.Core.Protocols;

/// <summary>The price that a <see cref="PriceSignal"/> announces.</summary>
public struct PriceMessage
{
    /// <summary>In the owner's unit of money per unit of what is traded.</summary>
    public double Price;
}

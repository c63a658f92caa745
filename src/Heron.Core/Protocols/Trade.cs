namespace Heron.Core.Protocols;

/// <summary>One trade of a <see cref="DoubleAuction"/> as one side is told it; the message's sender is the other side.</summary>
public struct Trade
{
    /// <summary>What was bought, below 0 what was sold, in the unit of the demand.</summary>
    public double Quantity;

    /// <summary>Money per unit.</summary>
    public double Price;
}

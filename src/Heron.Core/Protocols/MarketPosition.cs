namespace Heron.Core.Protocols;

/// <summary>What a <see cref="DoubleAuction"/> came to for one member.</summary>
public struct MarketPosition
{
    /// <summary>What was bought less what was sold, in the unit of the demand; 0 when it did not trade.</summary>
    public double NetQuantity;

    /// <summary>Money paid less money received.</summary>
    public double NetPayment;

    /// <summary>Trades in the last round.</summary>
    public int TradeCount;
}

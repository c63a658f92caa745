namespace Heron.Core.Protocols;

/// <summary>A bid or an offer: whose it is, how much, and at which price at most or at least.</summary>
internal struct MarketOrder(int member, double quantity, double price)
{
    public int Member = member;
    public double Quantity = quantity;
    public double Price = price;
}

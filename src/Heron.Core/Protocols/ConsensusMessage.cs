namespace Heron.Core.Protocols;

/// <summary>What a <see cref="Consensus"/> came to for one member.</summary>
public struct ConsensusMessage
{
    /// <summary>The value, in the unit of the field that is agreed on.</summary>
    public double ConsensusValue;
}

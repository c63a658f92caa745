namespace Heron.Core.Messaging;

/// <summary>What stands before each payload in a mailbox.</summary>
internal struct MessageHeader
{
    /// <summary>Simulated time at which it was sent.</summary>
    public long SentNanoseconds;

    /// <summary>Simulated time from which it can be received.</summary>
    public long DueNanoseconds;

    /// <summary>Place of the sender in the tree.</summary>
    public long SenderIndex;
}

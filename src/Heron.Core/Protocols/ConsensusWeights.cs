namespace Heron.Core.Protocols;

/// <summary>How much a member of a <see cref="Consensus"/> listens to its neighbours.</summary>
public enum ConsensusWeights
{
    /// <summary>To each as much as to itself. On irregular graphs the limit is the mean weighted by the number of neighbours (and itself).</summary>
    Uniform,

    /// <summary>1 / (1 + the larger of both numbers of neighbours), the rest to itself: the limit is the mean on every connected, mutual topology (Xiao and Boyd, 2004).</summary>
    Metropolis,
}

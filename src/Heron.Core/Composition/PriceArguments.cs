using Heron.Core.Environments;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>Arguments of <see cref="PriceSignal"/>.</summary>
internal sealed record PriceArguments
{
    [EnvironmentParameter("Price at the start of every episode.")]
    public double InitialPrice { get; set; } = 50;

    [EnvironmentParameter("Which number of the coordinator's action sets the price, if it acts; -1 for none.", Minimum = -1, Maximum = 1_000_000)]
    public int ActionIndex { get; set; }
}

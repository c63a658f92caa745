using System.Runtime.InteropServices;

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class UnobservedKeepNumbers : TrajectoryRule
{
    public override string Meaning => "The observation of an agent that is not observed is left as it was.";

    protected override string? LookAtAgent(TrialCopy copy, int agent)
    {
        Range range = copy.Spec.Layout.Observation(agent);
        bool kept = MemoryMarshal.AsBytes(copy.Observations.AsSpan(range)).SequenceEqual(MemoryMarshal.AsBytes(copy.LastObservations.AsSpan(range)));
        return kept || copy.Flags[agent].HasFlag(AgentFlags.Observed) ? null : "is not observed, but its observation was written";
    }
}

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class FlagsConsistent : TrajectoryRule
{
    private const AgentFlags Ended = AgentFlags.Terminated | AgentFlags.Truncated;
    private const AgentFlags Known = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct | Ended;

    public override string Meaning =>
        "Who must act is alive and observed; who ends is observed, not alive and need not act; who is neither alive nor ending has no flag.";

    protected override string? LookAtAgent(TrialCopy copy, int agent)
    {
        AgentFlags flags = copy.Flags[agent];
        bool alive = flags.HasFlag(AgentFlags.Alive);
        bool observed = flags.HasFlag(AgentFlags.Observed);
        bool mustAct = flags.HasFlag(AgentFlags.MustAct);
        bool ends = (flags & Ended) != 0;
        bool fits = (flags & ~Known) == 0
            && (!mustAct || (alive && observed))
            && (!ends || (observed && !alive))
            && (alive || ends || flags == AgentFlags.None);
        return fits ? null : $"has flags {flags}, which contradict each other";
    }
}

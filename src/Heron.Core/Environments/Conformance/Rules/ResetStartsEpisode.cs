namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class ResetStartsEpisode : TrajectoryRule
{
    private const AgentFlags Ended = AgentFlags.Terminated | AgentFlags.Truncated;

    public override string Meaning => "After a reset at least one agent is alive, and none has just ended.";

    protected override string? Look(TrialCopy copy)
    {
        if (copy.StepCount > 0)
        {
            return null;
        }

        return copy.IsOver ? "no agent is alive." : base.Look(copy);
    }

    protected override string? LookAtAgent(TrialCopy copy, int agent) =>
        (copy.Flags[agent] & Ended) == 0 ? null : $"has flags {copy.Flags[agent]}";
}

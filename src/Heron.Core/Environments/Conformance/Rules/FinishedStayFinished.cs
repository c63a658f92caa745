namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class FinishedStayFinished : TrajectoryRule
{
    public override string Meaning => "An agent that has ended has no flag until the next reset.";

    protected override string? LookAtAgent(TrialCopy copy, int agent) =>
        copy.Finished[agent] && copy.Flags[agent] != AgentFlags.None ? $"ended before and has flags {copy.Flags[agent]} now" : null;
}

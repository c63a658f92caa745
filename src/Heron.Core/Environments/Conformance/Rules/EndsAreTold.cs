namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class EndsAreTold : TrajectoryRule
{
    private const AgentFlags Ended = AgentFlags.Terminated | AgentFlags.Truncated;

    public override string Meaning => "An agent that leaves the episode is terminated or truncated in that step, and only an agent that was in it can be.";

    protected override string? LookAtAgent(TrialCopy copy, int agent)
    {
        if (copy.StepCount == 0)
        {
            return null;
        }

        bool wasAlive = copy.LastFlags[agent].HasFlag(AgentFlags.Alive);
        bool isAlive = copy.Flags[agent].HasFlag(AgentFlags.Alive);
        bool told = (copy.Flags[agent] & Ended) != 0;
        return (wasAlive, isAlive, told) switch
        {
            (true, false, false) => "is no longer alive, but neither terminated nor truncated",
            (false, _, true) => $"has flags {copy.Flags[agent]}, but was not in the episode",
            _ => null,
        };
    }
}

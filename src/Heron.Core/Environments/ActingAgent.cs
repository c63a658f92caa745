using Heron.Core.Agents;

namespace Heron.Core.Environments;

/// <summary>Where one acting agent's numbers stand in the buffers, and which of its override points are worth calling.</summary>
internal readonly struct ActingAgent(Agent agent, int observationStart, int observationLength, int maskStart, int maskLength)
{
    public readonly Agent Agent = agent;
    public readonly int ObservationStart = observationStart;
    public readonly int ObservationLength = observationLength;
    public readonly int MaskStart = maskStart;
    public readonly int MaskLength = maskLength;
    public readonly bool CanTerminate = agent.Overrides(nameof(Agents.Agent.IsTerminated));
    public readonly bool CanTruncate = agent.Overrides(nameof(Agents.Agent.IsTruncated));

    /// <summary>Its flags while it is in the episode: an agent that decides inside, or is commanded, is not asked.</summary>
    public readonly AgentFlags InEpisode = agent.IsAsked ? StepPipeline.InEpisode : AgentFlags.Alive | AgentFlags.Observed;
}

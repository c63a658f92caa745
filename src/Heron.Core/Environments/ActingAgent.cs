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

    // An agent that decides inside, or is commanded, is never asked.
    private readonly int _askingPeriod = agent.IsAsked ? agent.StepPeriod : 0;

    /// <summary>Its flags while it is in the episode.</summary>
    /// <param name="steps">Steps completed.</param>
    public AgentFlags InEpisode(long steps) =>
        _askingPeriod == 1 || (_askingPeriod > 1 && (steps + 1) % _askingPeriod == 0) ? StepPipeline.InEpisode : AgentFlags.Alive | AgentFlags.Observed;
}

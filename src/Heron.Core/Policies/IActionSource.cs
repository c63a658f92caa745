using Heron.Core.Environments;

namespace Heron.Core.Policies;

/// <summary>Decides for agents whenever they are due: random, rule-based or learned policies, or a client at the other end of a wire.</summary>
/// <remarks>Simulated time waits for the answer. One source serves one environment copy at a time.</remarks>
public interface IActionSource
{
    /// <summary>An episode begins; whatever was remembered of the one before is over. Default: nothing to forget.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="seed">The episode's seed.</param>
    void Begin(EnvironmentSpec spec, uint seed)
    {
    }

    /// <summary>Decides for all agents that are due at this instant: writes an action for each, or declines.</summary>
    /// <param name="request">Who is due, what they observe, where their actions go. Valid during the call only.</param>
    void Act(in ActionRequest request);
}

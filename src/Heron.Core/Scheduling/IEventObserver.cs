namespace Heron.Core.Scheduling;

/// <summary>Watches an event-driven run: traces, recorders, displays. It must not touch the run.</summary>
public interface IEventObserver
{
    /// <summary>An event has happened: whatever it does is done.</summary>
    /// <param name="happened">The event.</param>
    void OnEvent(in EventInfo happened)
    {
    }

    /// <summary>A decision has taken effect: a pair of observation and action.</summary>
    /// <param name="decision">The pair with its times. Valid during the call only.</param>
    void OnDecision(in LandedDecision decision)
    {
    }

    /// <summary>An agent's reward is stored.</summary>
    /// <param name="reward">The reward with its times, pairs and flags.</param>
    void OnReward(in RewardRecord reward)
    {
    }
}

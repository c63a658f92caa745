namespace Heron.Core.Scheduling;

/// <summary>What agents' own code may do to the schedule of an event-driven run; reached through the state store, and absent in step mode.</summary>
internal sealed class EventPost(EventRun run, CustomEventFlow custom)
{
    public CustomEventFlow Custom { get; } = custom;

    /// <summary>How long a message of an agent is under way this time.</summary>
    public long DrawMessageDelay(int agent) => run.Delays.Draw(agent, Duration.Message);

    /// <summary>A message stands in the mailbox or inbox of an agent and becomes due.</summary>
    public void ScheduleDelivery(int sender, int recipient, long dueNanoseconds) =>
        run.SendAfter(dueNanoseconds - run.Now, DeliveryKind.AgentMessage, recipient, sender, payload: -1);
}

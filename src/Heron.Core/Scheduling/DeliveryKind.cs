namespace Heron.Core.Scheduling;

/// <summary>What a <see cref="EventKind.MessageDelivery"/> carries.</summary>
public enum DeliveryKind : byte
{
    /// <summary>The event is no message.</summary>
    None,

    /// <summary>An agent's state after an effect: from now on others see it.</summary>
    StateVisible,

    /// <summary>The state after a run of the physics: from now on agents see it of each other.</summary>
    ResultsVisible,

    /// <summary>An agent learns that the physics ran; its reward is due.</summary>
    PhysicsCompleted,

    /// <summary>A coordinator learns that an agent below it has its reward.</summary>
    ChildRewarded,

    /// <summary>Reward and flags of an agent are stored.</summary>
    TickResult,

    /// <summary>A message of an agent or a protocol is due in the mailbox or inbox of its recipient.</summary>
    AgentMessage,
}

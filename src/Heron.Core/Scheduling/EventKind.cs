namespace Heron.Core.Scheduling;

/// <summary>What happens at an event. At one instant lower priorities come first: what changes the state (0), the physics (1), what is told (2).</summary>
public enum EventKind : byte
{
    /// <summary>An agent wakes up; priority 0. The system agent's tick prepares the next run of the physics.</summary>
    AgentTick,

    /// <summary>A decision takes effect; priority 0.</summary>
    ActionEffect,

    /// <summary>A disturbance hits the world; priority 0.</summary>
    EnvironmentUpdate,

    /// <summary>A custom event reaches its handler; priority 0 unless the sender chose another.</summary>
    Custom,

    /// <summary>The physics runs; priority 1.</summary>
    Simulation,

    /// <summary>A message arrives, see <see cref="DeliveryKind"/>; priority 2.</summary>
    MessageDelivery,

    /// <summary>A condition wakes an agent; priority 2.</summary>
    ConditionTrigger,

    /// <summary>An observation reaches its agent; priority 2, or that of the tick itself when the observation has no delay, so that it comes before the physics of the same instant.</summary>
    ObservationReady,
}

using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>A reward of an event-driven episode.</summary>
/// <param name="Agent">Index in <see cref="EnvironmentSpec.Agents"/>.</param>
/// <param name="TimeSeconds">When it was stored.</param>
/// <param name="PhysicsSeconds">The run of the physics that it judges: it is computed from the state of this moment.</param>
/// <param name="Reward">The reward.</param>
/// <param name="Pairs">Decisions that took effect since the run before.</param>
/// <param name="IsTerminated">Whether the agent's episode ended by the rules of the task.</param>
/// <param name="IsTruncated">Whether it was cut off.</param>
public readonly record struct RewardRecord(int Agent, double TimeSeconds, double PhysicsSeconds, float Reward, int Pairs, bool IsTerminated, bool IsTruncated);

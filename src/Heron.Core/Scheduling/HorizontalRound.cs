using Heron.Core.Protocols;

namespace Heron.Core.Scheduling;

/// <summary>A protocol among equals, and whom it commands.</summary>
/// <param name="Coordination">The protocol at work.</param>
/// <param name="Owner">Index in the tree of the agent that owns it.</param>
/// <param name="Commanded">Agents of the tree that act on its commands.</param>
internal readonly record struct HorizontalRound(Coordination Coordination, int Owner, int[] Commanded);

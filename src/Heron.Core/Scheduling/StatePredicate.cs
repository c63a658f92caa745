using Heron.Core.Features;

namespace Heron.Core.Scheduling;

/// <summary>A claim about the state of an environment.</summary>
/// <param name="view">The state after a run of the physics or a disturbance.</param>
/// <returns>Whether it holds.</returns>
public delegate bool StatePredicate(in StateView view);

using Heron.Core.Agents;
using Heron.Core.Scheduling;

namespace Heron.Core.Composition;

/// <summary>The parts of a composed environment, read and checked.</summary>
/// <param name="Simulation">What simulates it.</param>
/// <param name="CreateSystem">Makes the root.</param>
/// <param name="Connect">Gives bridge and score to the builder.</param>
/// <param name="RescheduleSystem">Puts the schedule that was asked for in place of the root's own; null for none.</param>
/// <param name="Members">Coordinators, then agents, each in the order of the parameters.</param>
/// <param name="Ordered">The same, siblings in the order that they are to have.</param>
internal sealed record CompositionParts(
    SimulationClass Simulation,
    Func<SystemAgent> CreateSystem,
    Action<SimulationSetup> Connect,
    Func<ScheduleConfig, ScheduleConfig>? RescheduleSystem,
    IReadOnlyList<Member> Members,
    IReadOnlyList<Member> Ordered);

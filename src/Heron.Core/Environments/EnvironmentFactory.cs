using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Core.Environments;

/// <summary>An environment whose parameters are settled: makes any number of independent, equal copies.</summary>
/// <param name="spec">Shared by all copies.</param>
/// <param name="create">Makes one copy; may share immutable structure with the others.</param>
public sealed class EnvironmentFactory(EnvironmentSpec spec, Func<IMultiAgentEnvironment> create)
{
    private readonly Func<IActionSource, EventOptions, EventScheduler>? _createEventDriven;

    internal EnvironmentFactory(EnvironmentSpec spec, Func<IMultiAgentEnvironment> create, Func<IActionSource, EventOptions, EventScheduler> createEventDriven)
        : this(spec, create) => _createEventDriven = createEventDriven;

    /// <summary>What is fixed about the environment.</summary>
    public EnvironmentSpec Spec { get; } = spec;

    /// <summary>Whether it can also run event-driven: true for HERON agent trees.</summary>
    public bool IsEventDriven => _createEventDriven is not null;

    /// <summary>Written rules that play the environment's agents, as <see cref="PolicyActions"/> takes them: each for the agents that a pattern names. Empty when the author gave none.</summary>
    public IReadOnlyList<(string Pattern, Policy Policy)> Rules { get; init; } = [];

    /// <summary>Makes a copy. It needs a reset before its first step.</summary>
    public IMultiAgentEnvironment Create() => create();

    /// <summary>Makes a copy that runs event-driven. It needs a reset before its first event.</summary>
    /// <param name="source">Decides for the agents. It serves this copy alone while it runs.</param>
    /// <param name="options">Timing, conditions and disturbances; default as the environment declares.</param>
    /// <returns>Behind a wrapper it is the environment itself that runs, with all its agents; only the source sees what the wrapper shows.</returns>
    /// <exception cref="NotSupportedException">The environment has no agent tree, see <see cref="IsEventDriven"/>.</exception>
    /// <exception cref="ArgumentException">An option does not fit the environment; the message names it.</exception>
    public EventScheduler CreateEventScheduler(IActionSource source, EventOptions? options = null) => _createEventDriven is null
        ? throw new NotSupportedException($"{Spec.Id} runs step by step only: it has no tree of HERON agents, whose schedules an event-driven run needs.")
        : _createEventDriven(source, options ?? new EventOptions());

    /// <summary>The same environment as a wrapper shows it, step by step and event-driven.</summary>
    /// <param name="spec">What the wrapper shows.</param>
    /// <param name="create">Makes a wrapped copy.</param>
    /// <param name="wrapSource">Puts the wrapper between an event-driven copy and a source that sees what the wrapper shows.</param>
    /// <param name="rules">Those of the environment's rules that fit what the wrapper shows.</param>
    internal EnvironmentFactory ShownAs(
        EnvironmentSpec spec, Func<IMultiAgentEnvironment> create, Func<IActionSource, IActionSource> wrapSource, IReadOnlyList<(string Pattern, Policy Policy)> rules) =>
        _createEventDriven is { } createInner
            ? new EnvironmentFactory(spec, create, (source, options) => createInner(wrapSource(source), options)) { Rules = rules }
            : new EnvironmentFactory(spec, create) { Rules = rules };
}

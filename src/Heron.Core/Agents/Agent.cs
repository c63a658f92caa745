using System.Collections.Concurrent;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Observations;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Core.Agents;

/// <summary>A member of a HERON hierarchy: what it is, what it can do, how it behaves.</summary>
/// <remarks>
/// Everything is declared in the constructor. Once an environment is built, the agent is shared by all its copies and must
/// not change: whatever changes during an episode is a feature, reached through the context that each hook receives.
/// Derive from <see cref="FieldAgent"/>, <see cref="CoordinatorAgent"/> or <see cref="SystemAgent"/>.
/// </remarks>
public abstract class Agent
{
    // Large trees have many agents of few types, and reflection is slow.
    private static readonly ConcurrentDictionary<(Type Type, string Hook), bool> Overridden = new();

    private readonly List<Feature> _features = [];
    private readonly List<Agent> _children = [];
    private Lazy<GatherPlan>? _defaultObservation;
    private bool _isPlaced;

    private protected Agent(string id, AgentLevel level, double tickIntervalSeconds)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException($"A {GetType().Name} was given the id '{id}'; an agent needs a name that is unique in its environment.", nameof(id));
        }

        Id = id;
        Level = level;
        Schedule = new ScheduleConfig(tickIntervalSeconds);
    }

    /// <summary>Unique within the environment.</summary>
    public string Id { get; }

    /// <summary>Its kind.</summary>
    public AgentLevel Level { get; }

    /// <summary>The agent above it; null for the root, and before the environment is built.</summary>
    public Agent? Parent { get; private set; }

    /// <summary>The agents below it, in the order they were added.</summary>
    public IReadOnlyList<Agent> Children => _children;

    /// <summary>Its state, in declaration order.</summary>
    public IReadOnlyList<Feature> Features => _features;

    /// <summary>What it can do. An agent without one neither observes nor acts through the environment contract; default null.</summary>
    public Space? ActionSpace { get; protected init; }

    /// <summary>What it observes. Needed when <see cref="Observe"/> is overridden; default an unbounded box of the features it may see.</summary>
    public Space? ObservationSpace { get; protected init; }

    /// <summary>Name and unit of each number of the observation; default the names of the features' fields.</summary>
    public IReadOnlyList<string> ObservationLabels { get; protected init; } = [];

    /// <summary>Name and unit of each number of the action, continuous ones first; default none.</summary>
    public IReadOnlyList<string> ActionLabels { get; protected init; } = [];

    /// <summary>Names of the numbers that <see cref="WriteMetrics"/> reports; they appear as <c>agent/name</c>. Default none.</summary>
    public IReadOnlyList<string> MetricNames { get; protected init; } = [];

    /// <summary>When it wakes up in event-driven mode; default every second for field agents, minute for coordinators, five minutes for the system agent.</summary>
    public ScheduleConfig Schedule { get; protected init; }

    internal int Index { get; private set; } = -1;

    internal int ContinuousOffset { get; private set; }

    internal int ContinuousLength { get; private set; }

    internal int DiscreteOffset { get; private set; }

    internal int DiscreteLength { get; private set; }

    internal GatherPlan DefaultObservation => _defaultObservation!.Value;

    /// <summary>Called at the start of every episode, when features have their initial values; the place for a random start. Parents come before children.</summary>
    /// <param name="context">State, random stream and clock.</param>
    public virtual void Reset(in AgentContext context)
    {
    }

    /// <summary>Lets the action in force work on the agent's own state for one step. Its numbers lie within <see cref="ActionSpace"/>.</summary>
    /// <param name="context">State, action, random stream and clock.</param>
    public virtual void Apply(in AgentContext context)
    {
    }

    /// <summary>Writes the observation; by default the features that the agent may see: its own, then the others' in tree order.</summary>
    /// <param name="view">State and clock as the agent may know them.</param>
    /// <param name="observation">Receives the numbers, shape (length of <see cref="ObservationSpace"/>).</param>
    public virtual void Observe(in AgentView view, Span<float> observation) => DefaultObservation.Gather(view.Store, observation);

    /// <summary>The agent's own reward for the step; default 0. What is shared between agents belongs in <see cref="EnvironmentScore"/>.</summary>
    /// <param name="view">State after the simulation.</param>
    public virtual double Reward(in AgentView view) => 0;

    /// <summary>Whether the agent's episode ends by the rules of the task; default never.</summary>
    /// <param name="view">State after the simulation.</param>
    /// <remarks>An agent that stands above others and overrides neither this nor <see cref="IsTruncated"/> ends with the last of those below it.</remarks>
    public virtual bool IsTerminated(in AgentView view) => false;

    /// <summary>Whether the agent is cut off for a reason outside the task; default never. Time limits are the environment's business.</summary>
    /// <param name="view">State after the simulation.</param>
    public virtual bool IsTruncated(in AgentView view) => false;

    /// <summary>Writes which categories are allowed in the next step. Overriding it declares that the agent has an action mask.</summary>
    /// <param name="view">State after the simulation.</param>
    /// <param name="mask">Receives 1 for allowed and 0 for forbidden, heads concatenated; at least one of each head must be allowed.</param>
    public virtual void WriteActionMask(in AgentView view, Span<byte> mask) => mask.Fill(1);

    /// <summary>Writes the agent's metrics of the step, also after a reset.</summary>
    /// <param name="view">State after the simulation.</param>
    /// <param name="metrics">Receives one number per entry of <see cref="MetricNames"/>.</param>
    public virtual void WriteMetrics(in AgentView view, Span<float> metrics)
    {
    }

    /// <summary>Declares a part of the agent's state. Call it in the constructor and keep the handle.</summary>
    /// <typeparam name="T">A struct with public fields of type double, float, int or bool.</typeparam>
    /// <param name="initial">Value at the start of every episode.</param>
    /// <param name="visibility">Who may see it.</param>
    /// <param name="name">Unique within the agent; default the struct's name.</param>
    /// <exception cref="ArgumentException">The name is taken, a field has a type without a vector form, a value is kept in a public property instead of a field, or there is nothing to see of a feature that is not <see cref="Visibility.None"/>.</exception>
    /// <exception cref="InvalidOperationException">The agent's environment has been built.</exception>
    protected Feature<T> AddFeature<T>(T initial, Visibility visibility, string? name = null)
        where T : unmanaged
    {
        name ??= typeof(T).Name;
        if (_isPlaced)
        {
            throw new InvalidOperationException($"Feature '{name}' of agent '{Id}' comes too late: its environment has been built. Declare features in the constructor.");
        }

        if (_features.Exists(feature => feature.Name == name))
        {
            throw new ArgumentException($"Agent '{Id}' already has a feature '{name}'; give the second one a name of its own.", nameof(name));
        }

        var added = new Feature<T>(this, name, visibility, initial);
        if (added.Fields.Count == 0 && visibility != Visibility.None)
        {
            throw new ArgumentException(
                $"Feature '{name}' of agent '{Id}' has no public field, so there is nothing that {visibility} could see. Use a struct with public fields, or Visibility.None.", nameof(initial));
        }

        _features.Add(added);
        return added;
    }

    internal bool IsAbove(Agent other)
    {
        for (Agent? ancestor = other.Parent; ancestor is not null; ancestor = ancestor.Parent)
        {
            if (ReferenceEquals(ancestor, this))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether an override point is more than its default; other methods of the same name do not count.</summary>
    internal bool Overrides(string hook) => Overridden.GetOrAdd((GetType(), hook), key => key.Type.GetMethods().Any(method =>
        method.Name == key.Hook
        && method.GetBaseDefinition().DeclaringType is Type origin
        && (origin == typeof(Agent) || origin == typeof(SystemAgent))
        && method.DeclaringType != origin));

    internal void Join(string environmentId, Agent? parent)
    {
        if (_isPlaced)
        {
            throw new InvalidOperationException($"Agent '{Id}' was added to {environmentId}, but is already part of an environment; make a new agent for each.");
        }

        _isPlaced = true;
        Parent = parent;
        parent?._children.Add(this);
    }

    internal void Number(int index) => Index = index;

    // Made on first use: an agent that overrides Observe rarely needs it, and what is visible to it may be most of a large tree.
    internal void ObserveByDefault(Func<GatherPlan> plan) => _defaultObservation = new Lazy<GatherPlan>(plan);

    internal void PlaceAction(int continuousOffset, int discreteOffset)
    {
        ContinuousOffset = continuousOffset;
        ContinuousLength = ActionSpace!.ContinuousLength;
        DiscreteOffset = discreteOffset;
        DiscreteLength = ActionSpace.HeadSizes.Length;
    }
}

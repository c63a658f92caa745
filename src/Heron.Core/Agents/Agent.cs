using System.Collections.Concurrent;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Observations;
using Heron.Core.Policies;
using Heron.Core.Protocols;
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
    private readonly List<Mailbox> _mailboxes = [];
    private readonly List<Inbox> _inboxes = [];
    private readonly List<Coordination> _coordinations = [];
    private Space? _actionSpace;
    private IReadOnlyList<string> _actionLabels = [];
    private Lazy<GatherPlan>? _defaultObservation;
    private readonly List<EventHandling> _eventHandlers = [];
    private readonly ScheduleConfig _defaultSchedule;
    private ScheduleConfig? _schedule;
    private Policy? _policy;
    private int _stepPeriod = 1;

    private protected Agent(string id, AgentLevel level, double tickIntervalSeconds)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new ArgumentException($"A {GetType().Name} was given the id '{id}'; an agent needs a name that is unique in its environment.", nameof(id));
        }

        Id = id;
        Level = level;
        _defaultSchedule = new ScheduleConfig(tickIntervalSeconds);
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

    /// <summary>Where it receives messages, in declaration order.</summary>
    public IReadOnlyList<Mailbox> Mailboxes => _mailboxes;

    /// <summary>
    /// What it can do. An agent without one neither observes nor acts through the environment contract; default null, or
    /// what its protocol asks for: an agent whose protocol divides its action among others gets their joint action space.
    /// </summary>
    public Space? ActionSpace { get => _actionSpace; protected init => _actionSpace = value; }

    /// <summary>What it observes. Needed when <see cref="Observe"/> is overridden; default a box of the features it may see, with the ranges that their fields declare by <see cref="UnitAttribute"/>.</summary>
    public Space? ObservationSpace { get; protected init; }

    /// <summary>Name and unit of each number of the observation; default the names of the features' fields.</summary>
    public IReadOnlyList<string> ObservationLabels { get; protected init; } = [];

    /// <summary>Name and unit of each number of the action, continuous ones first; default none.</summary>
    public IReadOnlyList<string> ActionLabels { get => _actionLabels; protected init => _actionLabels = value; }

    /// <summary>Names of the numbers that <see cref="WriteMetrics"/> reports; they appear as <c>agent/name</c>. Default none.</summary>
    public IReadOnlyList<string> MetricNames { get; protected init; } = [];

    /// <summary>When it wakes up in event-driven mode; default every second for field agents, minute for coordinators, five minutes for the system agent.</summary>
    public ScheduleConfig Schedule
    {
        get => _schedule ?? _defaultSchedule;
        protected init => _schedule = value;
    }

    /// <summary>The custom events that it handles, in the order declared.</summary>
    public IReadOnlyList<CustomEvent> HandledEvents => [.. _eventHandlers.Select(handling => handling.Event)];

    internal bool HasOwnSchedule => _schedule is not null;

    internal IReadOnlyList<EventHandling> EventHandlers => _eventHandlers;

    /// <summary>Chooses its actions inside the environment, so that nobody outside is asked for them; default null.</summary>
    /// <remarks>An action that a protocol commands comes first. <see cref="HeronEnvironmentBuilder.Ask"/> lets the outside decide all the same.</remarks>
    public Policy? Policy { get => _policy; protected init => _policy = value; }

    /// <summary>What it does in a step in which neither a protocol nor its own policy chose an action; default it holds the one in force.</summary>
    public IdleBehavior WhenIdle { get; protected init; }

    /// <summary>
    /// In step mode it decides and acts in every n-th step only, the first time in step n; in the steps between it is observed
    /// and rewarded, but not asked, and a command waits for its turn. Default 1. Event-driven it follows its <see cref="Schedule"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int StepPeriod { get => _stepPeriod; protected init => ActEvery(value); }

    internal IReadOnlyList<Inbox> Inboxes => _inboxes;

    internal IReadOnlyList<Coordination> Coordinations => _coordinations;

    /// <summary>Whether the environment contract asks for its action.</summary>
    internal bool IsAsked => ActionSpace is not null && DecisionOffset < 0;

    /// <summary>Whether the outside decides, whatever protocols and policies there are.</summary>
    internal bool IsAskedAnyway { get; set; }

    /// <summary>The protocol that commands it, or null.</summary>
    internal Coordination? CommandedBy { get; set; }

    /// <summary>Where its <see cref="DecisionSlot"/> stands; -1 when the environment contract asks for its action.</summary>
    internal int DecisionOffset { get; set; } = -1;

    /// <summary>Where the memory of its policy stands.</summary>
    internal int PolicyMemoryOffset { get; set; } = -1;

    /// <summary>The random stream of its policy.</summary>
    internal int PolicyStreamIndex { get; set; } = -1;

    /// <summary>Patterns of the others' features that its default observation is limited to; null for no limit.</summary>
    internal List<string>? SeesOnly { get; set; }

    internal bool IsPlaced { get; private set; }

    internal int Index { get; private set; } = -1;

    internal int ContinuousOffset { get; private set; }

    internal int ContinuousLength { get; private set; }

    internal int DiscreteOffset { get; private set; }

    internal int DiscreteLength { get; private set; }

    /// <summary>Whether it decides and acts in a step.</summary>
    /// <param name="stepsBefore">Steps completed before that one.</param>
    internal bool ActsAfter(long stepsBefore) => StepPeriod == 1 || (stepsBefore + 1) % StepPeriod == 0;

    internal GatherPlan DefaultObservation => _defaultObservation!.Value;

    /// <summary>Called at the start of every episode, when features have their initial values; the place for a random start. Parents come before children.</summary>
    /// <param name="context">State, random stream and clock.</param>
    public virtual void Reset(in AgentContext context)
    {
    }

    /// <summary>Lets the action in force work on the agent's own state: once per step, event-driven once per decision. Its numbers lie within <see cref="ActionSpace"/>.</summary>
    /// <remarks>An agent may decide more often than the physics runs; what lasts for a time (a power, a flow) is a setpoint to store here and for the physics to integrate.</remarks>
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
    /// <param name="check">Holds it within its limits; default none.</param>
    /// <param name="keepsPrevious">Whether views offer its value at the last rewards too, for rewards that depend on a difference; default false.</param>
    /// <exception cref="ArgumentException">The name is taken, a field has a type without a vector form, a value is kept in a public property instead of a field, or there is nothing to see of a feature that is not <see cref="Visibility.None"/>.</exception>
    /// <exception cref="InvalidOperationException">The agent's environment has been built.</exception>
    protected Feature<T> AddFeature<T>(T initial, Visibility visibility, string? name = null, FeatureCheck<T>? check = null, bool keepsPrevious = false)
        where T : unmanaged
    {
        CheckName("Feature", name ??= typeof(T).Name);
        return Declare(new Feature<T>(this, name, visibility, initial, check) { KeepsPrevious = keepsPrevious });
    }

    /// <summary>Declares a part of the agent's state whose fields are known only when the agent is made. Call it in the constructor and keep the handle.</summary>
    /// <param name="name">Unique within the agent.</param>
    /// <param name="fieldNames">Names in snake_case, one per number.</param>
    /// <param name="initial">Values at the start of every episode, one per field; empty for zeros.</param>
    /// <param name="visibility">Who may see it.</param>
    /// <exception cref="ArgumentException">The name is taken, or the number of values is not that of the fields.</exception>
    /// <exception cref="InvalidOperationException">The agent's environment has been built.</exception>
    protected VectorFeature AddFeature(string name, IReadOnlyList<string> fieldNames, ReadOnlySpan<float> initial, Visibility visibility)
    {
        CheckName("Feature", name);
        if (!initial.IsEmpty && initial.Length != fieldNames.Count)
        {
            throw new ArgumentException($"Feature '{name}' of agent '{Id}' has {fieldNames.Count} fields and {initial.Length} initial values; give one each, or none for zeros.", nameof(initial));
        }

        return Declare(new VectorFeature(this, name, visibility, fieldNames, initial));
    }

    /// <summary>Declares a part of the agent's state by the name of its kind. Call it in the constructor.</summary>
    /// <param name="definition">The kind, from a <see cref="FeatureRegistry"/>.</param>
    /// <param name="name">Unique within the agent; default the kind's name.</param>
    /// <param name="values">Initial values by field name; those not named are the kind's own.</param>
    /// <exception cref="ArgumentException">The name is taken, or there is no such field, or a value does not fit it.</exception>
    /// <exception cref="InvalidOperationException">The agent's environment has been built.</exception>
    protected Feature AddFeature(FeatureDefinition definition, string? name = null, IReadOnlyDictionary<string, object>? values = null)
    {
        CheckName("Feature", name ??= definition.Name);
        return definition.DeclareFor(this, name, values ?? new Dictionary<string, object>());
    }

    /// <summary>Declares where the agent receives messages of one type. Call it in the constructor and keep the handle.</summary>
    /// <typeparam name="T">The payload: a struct, passed by value.</typeparam>
    /// <param name="name">Unique within the agent.</param>
    /// <param name="kind">What its messages are about.</param>
    /// <param name="capacity">Messages that it holds, those under way included; 1 to 65,536, default 16.</param>
    /// <param name="overflow">Which message a full mailbox gives up; default the oldest.</param>
    /// <param name="handler">Called for each message as soon as it is due; default none, and the agent takes its messages itself.</param>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The capacity.</exception>
    /// <exception cref="InvalidOperationException">The agent's environment has been built.</exception>
    protected Mailbox<T> AddMailbox<T>(
        string name, MessageKind kind = MessageKind.Info, int capacity = 16, OverflowBehavior overflow = OverflowBehavior.DropOldest, MessageHandler<T>? handler = null)
        where T : unmanaged
    {
        CheckName("Mailbox", name);
        var added = new Mailbox<T>(this, name, kind, CheckCapacity(name, capacity), overflow, handler);
        _mailboxes.Add(added);
        return added;
    }

    /// <summary>Declares a way from this agent to all mailboxes that subscribe. Call it in the constructor and offer the channel to them.</summary>
    /// <typeparam name="T">The payload: a struct, passed by value.</typeparam>
    /// <param name="name">Its name.</param>
    /// <param name="kind">What its messages are about.</param>
    protected Channel<T> AddChannel<T>(string name, MessageKind kind = MessageKind.Broadcast)
        where T : unmanaged => new(this, name, kind);

    /// <summary>Lets a protocol coordinate the agents directly below this one. Call it in the constructor; several protocols run in the order in which they were added.</summary>
    /// <param name="protocol">Not in use by another agent.</param>
    /// <exception cref="InvalidOperationException">The agent's environment has been built.</exception>
    protected void AddProtocol(Protocol protocol)
    {
        CheckName("Protocol", protocol.ToString());
        Coordinate(protocol, null);
    }

    /// <summary>Finds one number of this agent's state by name.</summary>
    /// <param name="path">The field in snake_case, for example <c>soc</c>; with its feature, <c>battery.soc</c>, where two features have such a field.</param>
    /// <param name="field">The handle.</param>
    /// <returns>False when there is no such field.</returns>
    /// <exception cref="ArgumentException">Several features have such a field.</exception>
    public bool TryFindField(string path, out FieldHandle field)
    {
        FieldHandle[] found = [.. Features.SelectMany(feature => feature.Fields, (feature, field) => new FieldHandle(feature, field)).Where(handle => IsNamed(handle, path))];
        field = found.Length > 0 ? found[0] : default;
        return found.Length < 2
            ? found.Length == 1
            : throw new ArgumentException($"Agent '{Id}' has several fields '{path}': {string.Join(", ", found)}. Write feature and field.", nameof(path));
    }

    /// <summary>Finds one number of this agent's state by name.</summary>
    /// <param name="path">As in <see cref="TryFindField"/>.</param>
    /// <exception cref="ArgumentException">There is no such field, or several; the message names what there is.</exception>
    public FieldHandle FindField(string path) => TryFindField(path, out FieldHandle field)
        ? field
        : throw new ArgumentException(
            $"Agent '{Id}' has no field '{path}'. It has: {string.Join(", ", Features.SelectMany(feature => feature.Fields, (feature, field) => $"{FeatureSchema.SnakeCase(feature.Name)}.{field.Name}"))}.", nameof(path));

    /// <summary>The part of an observation that a policy looks at.</summary>
    internal ReadOnlySpan<float> Select(ObservationMode mode, ReadOnlySpan<float> observation) => mode switch
    {
        ObservationMode.Local => observation[..DefaultObservation.LocalLength],
        ObservationMode.Global => observation[DefaultObservation.LocalLength..],
        _ => observation,
    };

    /// <summary>Declares what the agent does when a custom event reaches it in event-driven mode. Call it in the constructor.</summary>
    /// <typeparam name="T">What the event carries.</typeparam>
    /// <param name="handled">The kind of event.</param>
    /// <param name="handler">Changes the agent's own state, as <see cref="Apply"/> does.</param>
    /// <exception cref="ArgumentException">The agent already handles it.</exception>
    /// <exception cref="InvalidOperationException">The agent's environment has been built.</exception>
    protected void Handle<T>(CustomEvent<T> handled, CustomEventHandler<T> handler)
        where T : unmanaged
    {
        if (IsPlaced)
        {
            throw new InvalidOperationException($"The handler of '{handled.Name}' of agent '{Id}' comes too late: its environment has been built. Declare handlers in the constructor.");
        }

        if (_eventHandlers.Exists(handling => ReferenceEquals(handling.Event, handled) || handling.Event.Name == handled.Name))
        {
            throw new ArgumentException($"Agent '{Id}' already handles an event '{handled.Name}'; an agent has one handler per event.", nameof(handled));
        }

        _eventHandlers.Add(new EventHandling.Of<T>(handled, handler));
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
        if (IsPlaced)
        {
            throw new InvalidOperationException($"Agent '{Id}' was added to {environmentId}, but is already part of an environment; make a new agent for each.");
        }

        IsPlaced = true;
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

    internal Feature<T> Declare<T>(Feature<T> feature)
        where T : unmanaged
    {
        if (feature.Fields.Count == 0 && feature.Visibility != Visibility.None)
        {
            throw new ArgumentException(
                $"Feature '{feature.Name}' of agent '{Id}' has no public field, so there is nothing that {feature.Visibility} could see. Use a struct with public fields, or Visibility.None.", nameof(feature));
        }

        Declare((Feature)feature);
        return feature;
    }

    internal VectorFeature Declare(VectorFeature feature)
    {
        Declare((Feature)feature);
        return feature;
    }

    internal void Declare(Mailbox mailbox) => _mailboxes.Add(mailbox);

    internal void Declare(Inbox inbox) => _inboxes.Add(inbox);

    internal void Coordinate(Protocol protocol, IReadOnlyList<Agent>? members) => _coordinations.Add(new Coordination(this, protocol, members));

    internal void DecideBy(Policy policy) => _policy = policy;

    internal void Reschedule(ScheduleConfig schedule) => _schedule = schedule;

    internal void ActEvery(int stepPeriod) => _stepPeriod = stepPeriod >= 1
        ? stepPeriod
        : throw new ArgumentOutOfRangeException(nameof(stepPeriod), stepPeriod, $"Agent '{Id}' is to act in every {stepPeriod}. step; a step period is 1 or more.");

    internal void GiveActionSpace(Space space, IReadOnlyList<string> labels)
    {
        _actionSpace = space;
        _actionLabels = labels;
    }

    private void Declare(Feature feature)
    {
        if (_features.Exists(other => other.Name == feature.Name))
        {
            throw new ArgumentException($"Agent '{Id}' already has a feature '{feature.Name}'; give the second one a name of its own.", nameof(feature));
        }

        _features.Add(feature);
    }

    private void CheckName(string kind, string name)
    {
        if (IsPlaced)
        {
            throw new InvalidOperationException($"{kind} '{name}' of agent '{Id}' comes too late: its environment has been built. Declare features, mailboxes and protocols in the constructor.");
        }

        if (kind == "Mailbox" && _mailboxes.Exists(mailbox => mailbox.Name == name))
        {
            throw new ArgumentException($"Agent '{Id}' already has a mailbox '{name}'; give the second one a name of its own.", nameof(name));
        }
    }

    private int CheckCapacity(string name, int capacity) => capacity is >= 1 and <= 65_536
        ? capacity
        : throw new ArgumentOutOfRangeException(nameof(capacity), capacity, $"Mailbox '{name}' of agent '{Id}' would hold {capacity} messages; it takes 1 to 65,536.");

    private static bool IsNamed(FieldHandle handle, string path) =>
        handle.Field.Name == path || $"{FeatureSchema.SnakeCase(handle.Feature.Name)}.{handle.Field.Name}" == path;
}

using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

/// <summary>Puts a tree of integrators together, starts it and writes down what happens.</summary>
internal sealed class EventRig
{
    private readonly HeronEnvironmentBuilder _builder;

    public EventRig(ScheduleConfig? system = null, HeronEnvironmentOptions? options = null)
    {
        World = new Integrators.World(system);
        _builder = new HeronEnvironmentBuilder("Integrators-v0", options).Add(World).SimulateWith(() => new Integrators.Counting(World));
    }

    public Integrators.World World { get; }

    public HeronEnvironmentBuilder Builder => _builder;

    public EventTrace Trace { get; } = new();

    public EventRig Field(string id, ScheduleConfig? schedule = null, string parent = "system", Visibility visibility = Visibility.Owner, float endsAt = float.PositiveInfinity, bool truncates = false)
    {
        World.Integrators.Add(new Integrators.Integrator(id, schedule, visibility, endsAt, truncates));
        _builder.Add(World.Integrators[^1], parent);
        return this;
    }

    public EventRig Lead(string id, ScheduleConfig schedule, Protocol? protocol = null, string parent = "system")
    {
        _builder.Add(new Integrators.Lead(id, schedule, protocol), parent);
        return this;
    }

    public Integrators.Integrator this[string id] => World.Integrators.Single(integrator => integrator.Id == id);

    public EventScheduler Start(IActionSource? source = null, EventOptions? options = null, uint seed = 0)
    {
        EventScheduler scheduler = Build().CreateEventScheduler(source ?? new AlwaysOne(), (options ?? new EventOptions()) with { Observer = Trace });
        scheduler.Reset(seed);
        return scheduler;
    }

    public EnvironmentFactory Build() => _builder.Build();

    public float X(EventScheduler scheduler, string id) => scheduler.State.Get(this[id].State).X;

    public IEnumerable<double> Times(EventKind kind, string agent) => Trace.Events.Where(happened => happened.Kind == kind && happened.AgentId == agent).Select(happened => happened.TimeSeconds);

    public IEnumerable<double> Times(DeliveryKind delivery, string agent) => Trace.Events.Where(happened => happened.Delivery == delivery && happened.AgentId == agent).Select(happened => happened.TimeSeconds);

    /// <summary>Every number of every action is 1.</summary>
    internal sealed class AlwaysOne : IActionSource
    {
        public void Act(in ActionRequest request)
        {
            foreach (int agent in request.Agents)
            {
                request.Continuous(agent).Fill(1);
            }
        }
    }
}

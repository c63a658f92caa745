using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Simulations.Tests.Shared;

/// <summary>One environment copy run event-driven, with everything that happened written down.</summary>
internal sealed class EventDrivenRun : IEventObserver
{
    private readonly EnvironmentSpec _spec;

    public EventDrivenRun(EnvironmentFactory factory, IActionSource? source = null, EventOptions? options = null, uint seed = 0)
    {
        _spec = factory.Spec;
        Scheduler = factory.CreateEventScheduler(source ?? new RandomActions(), (options ?? new EventOptions()) with { Observer = this });
        Scheduler.Reset(seed);
    }

    public EventDrivenRun(string id, params (string Name, object Value)[] parameters)
        : this(HeronEnvironments.AddTo(new EnvironmentRegistry()).Get(id).Configure(parameters.ToDictionary(p => p.Name, p => p.Value)))
    {
    }

    public EventScheduler Scheduler { get; }

    public List<EventInfo> Events { get; } = [];

    public List<RewardRecord> Rewards { get; } = [];

    public List<(string Agent, float[] Observation, float[] Continuous, int[] Discrete, double Time)> Decisions { get; } = [];

    public void RunUntil(double seconds) => Scheduler.RunUntil(seconds, cancellationToken: TestContext.Current.CancellationToken);

    public IEnumerable<float> RewardsOf(string agent) => Rewards.Where(record => record.Agent == _spec.IndexOf(agent)).Select(record => record.Reward);

    void IEventObserver.OnEvent(in EventInfo happened) => Events.Add(happened);

    void IEventObserver.OnReward(in RewardRecord reward) => Rewards.Add(reward);

    void IEventObserver.OnDecision(in LandedDecision decision) =>
        Decisions.Add((_spec.Agents[decision.Agent].Id, decision.Observation.ToArray(), decision.Continuous.ToArray(), decision.Discrete.ToArray(), decision.TimeSeconds));
}

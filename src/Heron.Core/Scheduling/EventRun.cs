using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Core.Scheduling;

/// <summary>What all parts of one event-driven copy share: plan, state, queue, delays and clock.</summary>
internal sealed class EventRun
{
    public EventRun(EventPlan plan)
    {
        Plan = plan;
        Plant = new StateStore(plan.State) { History = StateHistory.Of(plan.State, plan.Pipeline.HistoryLength) };
        Delays = new DelaySampler(plan.State.Tree);
        Statistics = new EpisodeStatistics(plan.Spec, plan.Agents);
        Flags = new AgentFlags[plan.Spec.Agents.Count];
        HasEnded = new bool[Flags.Length];
    }

    public EventPlan Plan { get; }

    /// <summary>The state as it is.</summary>
    public StateStore Plant { get; }

    public EventQueue Queue { get; } = new();

    public DelaySampler Delays { get; }

    public EpisodeStatistics Statistics { get; }

    /// <summary>Per acting agent, as of the last run of the physics.</summary>
    public AgentFlags[] Flags { get; }

    /// <summary>Per acting agent: whether it has learned that its episode is over.</summary>
    public bool[] HasEnded { get; }

    /// <summary>Simulated time.</summary>
    public long Now { get; private set; }

    public void Start(uint seed, uint jitterSeed)
    {
        MoveClock(0);
        Queue.Clear();
        Statistics.Clear();
        Delays.Start(jitterSeed);
        Flags.AsSpan().Fill(StepPipeline.InEpisode);
        HasEnded.AsSpan().Clear();
        Plan.Pipeline.Start(Plant, seed);
        Plan.Pipeline.Remember(Plant);
        Plant.History?.Record(Plant);
    }

    public void MoveClock(long time)
    {
        Now = time;
        Plant.Clock.Nanoseconds = time;
    }

    /// <summary>Whether the last run of the physics left an agent in the episode.</summary>
    public bool IsAlive(int acting) => (Flags[acting] & AgentFlags.Alive) != 0;

    public EventId Schedule(long delay, int priority, EventKind kind, int agent, EventOrigin origin = EventOrigin.Periodic, int source = -1, int payload = -1) =>
        Queue.Push(After(delay), priority, new EventRecord { Kind = kind, Origin = origin, Agent = agent, Source = source, Payload = payload });

    /// <summary>A message that is under way for the sender's message delay.</summary>
    public void Send(int sender, DeliveryKind message, int recipient, int payload) =>
        SendAfter(Delays.Draw(sender, Duration.Message), message, recipient, sender, payload);

    public void SendAfter(long delay, DeliveryKind message, int recipient, int sender, int payload) =>
        Queue.Push(After(delay), EventPriority.Message, new EventRecord { Kind = EventKind.MessageDelivery, Delivery = message, Agent = recipient, Source = sender, Payload = payload });

    public int ByteCount => sizeof(long) + Plant.Layout.ByteCount + (Plant.History?.ByteCount ?? 0) + (2 * Flags.Length) + Queue.ByteCount + Delays.ByteCount + Statistics.ByteCount;

    public void Save(ref StateWriter writer)
    {
        writer.Write(Now);
        writer.Write(Plant.Block);
        Plant.History?.Save(ref writer);
        writer.WriteAll<AgentFlags>(Flags);
        writer.WriteAll<bool>(HasEnded);
        Queue.Save(ref writer);
        Delays.Save(ref writer);
        Statistics.Save(ref writer);
    }

    public void Load(ref StateReader reader)
    {
        Now = reader.ReadInt64();
        reader.ReadAll(Plant.Block);
        Plant.History?.Load(ref reader);
        reader.ReadAll<AgentFlags>(Flags);
        reader.ReadAll<bool>(HasEnded);
        Queue.Load(ref reader);
        Delays.Load(ref reader);
        Statistics.Load(ref reader);
    }

    // Time stands still at its last moment, as the clock of step mode does.
    private long After(long delay) => Now + Math.Min(delay, long.MaxValue - Now);
}

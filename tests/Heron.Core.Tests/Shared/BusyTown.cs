using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Shared;

/// <summary>
/// Quarters of ten houses each, in which everything happens that can happen: prices and commands from above, state and
/// letters among neighbours, custom events, checks, masks, policies, conditions, disturbances, jitter.
/// </summary>
internal sealed class BusyTown
{
    private const int HousesPerQuarter = 10;

    private static readonly CustomEvent<Heat> Warmth = new("warmth");

    public BusyTown(int houses, int historyLength = 0)
    {
        var town = new Town();
        var builder = new HeronEnvironmentBuilder("BusyTown-v0", new HeronEnvironmentOptions { StepSeconds = 1, MaxEpisodeSteps = 50, HistoryLength = historyLength });
        builder.Add(town).SimulateWith(() => new Weather(town)).ScoreWith(new MeanHeat());
        for (int i = 0; i < houses; i++)
        {
            string quarter = $"quarter_{i / HousesPerQuarter}";
            if (i % HousesPerQuarter == 0)
            {
                string its = $"house_{i / HousesPerQuarter}_*";
                builder.Add(new Quarter(quarter), "town")
                    .Coordinate(quarter, new Protocol(new PriceSignal(), new VectorDecomposition()), its)
                    .Coordinate(quarter, new Protocol(new StateSharing(Topology.Ring, "degrees")), its);
            }

            var house = new House($"house_{i / HousesPerQuarter}_{i % HousesPerQuarter}", town.Houses.LastOrDefault());
            town.Houses.Add(house);
            builder.Add(house, quarter).Add(new Stove($"stove_{i}", this), quarter);
        }

        builder.DecideBy("stove_*", new Thrift());
        Feature<Heat> watched = town.Houses[0].Heat;
        builder.WakeOn(ConditionMonitor.Threshold("hot", "house_0_0", (in view) => view.Get(watched).Degrees, .1, above: true) with { CooldownSeconds = 2 });
        var gust = new Disturbance("gust");
        builder.DisturbWith(new DisturbanceSchedule([(3, gust), (3.5, gust with { RequiresPhysics = false })], [new PoissonDisturbances(.2, [gust])]));
        Factory = builder.Build();
    }

    public EnvironmentFactory Factory { get; }

    /// <summary>Observations written by agents since it was made, all copies together.</summary>
    public int Observations { get; private set; }

    private static ScheduleConfig Jittered(double tick) => ScheduleConfig.Deterministic(tick, .1, .2, .15).WithJitter();

    public struct Heat
    {
        public double Degrees;
    }

    private sealed class Town : SystemAgent
    {
        public Town()
            : base("town") => Schedule = ScheduleConfig.Deterministic(1, messageDelaySeconds: .1);

        public List<House> Houses { get; } = [];

        public override void PreStep(in AgentContext context) => context.Get(Houses[0].Heat).Degrees *= .99;

        public override void ApplyDisturbance(in AgentContext context, Disturbance disturbance)
        {
            foreach (House house in Houses)
            {
                context.Get(house.Heat).Degrees -= context.Random.NextDouble();
            }
        }
    }

    private sealed class Quarter : CoordinatorAgent
    {
        public Quarter(string id)
            : base(id) => Schedule = Jittered(1.5);
    }

    private sealed class House : FieldAgent
    {
        private readonly Channel<Heat> _letters;

        public House(string id, House? neighbor)
            : base(id)
        {
            ActionSpace = new BoxSpace(-1, 1);
            Schedule = Jittered(1);
            Heat = AddFeature(default(Heat), Visibility.Owner | Visibility.UpperLevel, check: (ref heat) => heat.Degrees = Math.Clamp(heat.Degrees, -5, 5), keepsPrevious: true);
            Post = AddMailbox<Heat>("post", handler: (in context, in message) => context.Get(Heat).Degrees += .01 * message.Payload.Degrees);
            _letters = AddChannel<Heat>("letters");
            _letters.Subscribe(neighbor?.Post ?? Post);
            Handle(Warmth, (in context, sender, in payload) => context.Get(Heat).Degrees += payload.Degrees);
            MetricNames = ["degrees"];
        }

        public Feature<Heat> Heat { get; }

        public Mailbox<Heat> Post { get; }

        public override void Apply(in AgentContext context)
        {
            context.Get(Heat).Degrees += context.Action[0] + (.1 * context.Random.NextGaussian());
            context.Send(_letters, context.Get(Heat), delaySeconds: .3);
            context.Raise(Warmth, this, new Heat { Degrees = -.01 }, .4);
        }

        public override double Reward(in AgentView view) => view.GetPrevious(Heat).Degrees - view.Get(Heat).Degrees;

        public override void WriteMetrics(in AgentView view, Span<float> metrics) => metrics[0] = (float)view.Get(Heat).Degrees;
    }

    /// <summary>Decides by its own policy, and sees by its own code.</summary>
    private sealed class Stove : FieldAgent
    {
        private readonly BusyTown _town;

        public Stove(string id, BusyTown town)
            : base(id)
        {
            _town = town;
            ActionSpace = new DiscreteSpace(3);
            ObservationSpace = BoxSpace.Unbounded(1);
            Schedule = Jittered(.8);
        }

        public override void Observe(in AgentView view, Span<float> observation)
        {
            _town.Observations++;
            observation[0] = view.Categories[0];
        }

        public override void WriteActionMask(in AgentView view, Span<byte> mask) => mask[1] = mask[0] = 1;
    }

    private sealed class Thrift : Policy
    {
        public Thrift() => MemoryLength = 1;

        public override bool Decide(in PolicyContext context)
        {
            context.Memory[0] += (float)context.Random.NextDouble();
            context.Discrete[0] = (int)context.Memory[0] % 2;
            return true;
        }
    }

    private sealed class Weather(Town town) : ISimulationBridge
    {
        public void ReadState(in SimulationContext context)
        {
        }

        public void Simulate(in SimulationContext context)
        {
        }

        public void WriteResults(in SimulationContext context)
        {
            foreach (House house in town.Houses)
            {
                context.Get(house.Heat).Degrees *= .98;
            }
        }
    }

    private sealed class MeanHeat : EnvironmentScore
    {
        public MeanHeat() => MetricNames = ["sum_of_rewards"];

        public override void Score(in ScoreContext context)
        {
            float sum = 0;
            foreach (float reward in context.Rewards)
            {
                sum += reward;
            }

            context.Metrics[0] = sum;
        }
    }
}

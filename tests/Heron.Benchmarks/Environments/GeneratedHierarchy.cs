using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Benchmarks.Environments;

/// <summary>A tree of any size: a system agent, a coordinator for each ten field agents, and field agents that fill or empty a store of their own.</summary>
internal static class GeneratedHierarchy
{
    private const int UnitsPerCoordinator = 10;

    private static readonly BoxSpace Filling = new(-1, 1);

    /// <summary>Builds one.</summary>
    /// <param name="units">Field agents, at least 1.</param>
    /// <param name="sight">What they see of each other.</param>
    /// <param name="schedule">Of all agents, in event-driven mode.</param>
    public static EnvironmentFactory Build(int units, Sight sight, ScheduleConfig? schedule = null)
    {
        schedule ??= ScheduleConfig.Deterministic();
        var builder = new HeronEnvironmentBuilder("Stores-v0", new HeronEnvironmentOptions { StepSeconds = 1, MaxEpisodeSteps = null });
        builder.Add(new World(schedule));
        for (int i = 0; i < units; i++)
        {
            string coordinator = $"coordinator_{i / UnitsPerCoordinator}";
            if (i % UnitsPerCoordinator == 0)
            {
                builder.Add(new Coordinator(coordinator, schedule, sight == Sight.Below), "system");
            }

            builder.Add(new Unit(NameOf(i), schedule, sight), coordinator);
            if (sight == Sight.Neighbors)
            {
                builder.LimitSight(NameOf(i), $"{NameOf((i + units - 1) % units)}.level", $"{NameOf((i + 1) % units)}.level");
            }
        }

        return builder.Build();
    }

    private static string NameOf(int unit) => $"unit_{unit}";

    private struct Level
    {
        public double Fraction;
    }

    private struct Flow
    {
        public double Rate;
    }

    private sealed class World : SystemAgent
    {
        public World(ScheduleConfig schedule)
            : base("system") => Schedule = schedule;
    }

    private sealed class Coordinator : CoordinatorAgent
    {
        public Coordinator(string id, ScheduleConfig schedule, bool commands)
            : base(id)
        {
            Schedule = schedule;
            if (commands)
            {
                AddProtocol(new Protocol(action: new VectorDecomposition()));
            }
        }
    }

    private sealed class Unit : FieldAgent
    {
        private readonly Feature<Level> _level;
        private readonly Feature<Flow> _flow;

        public Unit(string id, ScheduleConfig schedule, Sight sight)
            : base(id)
        {
            ActionSpace = Filling;
            Schedule = schedule;
            _level = AddFeature(new Level { Fraction = 0.5 }, sight switch
            {
                Sight.Neighbors => Visibility.Public,
                Sight.Below => Visibility.Owner | Visibility.UpperLevel,
                _ => Visibility.Owner,
            });
            _flow = AddFeature(default(Flow), Visibility.Owner);
        }

        public override void Apply(in AgentContext context)
        {
            double rate = context.Action[0];
            ref double fraction = ref context.Get(_level).Fraction;
            context.Get(_flow).Rate = rate;
            fraction = Math.Clamp(fraction + (0.1 * rate), 0, 1);
        }

        public override double Reward(in AgentView view) => -Math.Abs(view.Get(_level).Fraction - 0.5);
    }
}

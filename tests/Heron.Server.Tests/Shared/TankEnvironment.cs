using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Server.Tests.Shared;

/// <summary>
/// Tanks that fill: an action in [0, 1] adds as many litres, the reward is the level, and a tank that holds its capacity or more
/// is terminated. Tank 0 takes 3 litres, tank 1 takes 6. The disturbance "rain" adds "litres" to both.
/// </summary>
public static class TankEnvironment
{
    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<NoParameters>(
        "Tanks-v0",
        new EnvironmentCard { Summary = "Tanks that fill.", Description = "Disturbance: rain (litres).", VersionHistory = ["v0: first version"] },
        (_, _) => Build());

    private static EnvironmentFactory Build()
    {
        Tank[] tanks = [new Tank("tank_0", capacity: 3), new Tank("tank_1", capacity: 6)];
        var sky = new Sky(tanks);
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Tanks-v0", new HeronEnvironmentOptions { MaxEpisodeSteps = 50 }).Add(sky);
        foreach (Tank tank in tanks)
        {
            builder.Add(tank, sky.Id);
        }

        return builder.Build();
    }

    public sealed record NoParameters;

    internal struct Level
    {
        public float Litres;
    }

    private sealed class Tank : FieldAgent
    {
        private readonly float _capacity;

        public Tank(string id, float capacity)
            : base(id)
        {
            _capacity = capacity;
            Schedule = ScheduleConfig.Deterministic(tickIntervalSeconds: 1, actionDelaySeconds: 0.25);
            ActionSpace = new BoxSpace(0, 1);
            Water = AddFeature(default(Level), Visibility.Owner);
        }

        public Feature<Level> Water { get; }

        public override void Apply(in AgentContext context) => context.Get(Water).Litres += context.Action[0];

        public override double Reward(in AgentView view) => view.Get(Water).Litres;

        public override bool IsTerminated(in AgentView view) => view.Get(Water).Litres >= _capacity;
    }

    private sealed class Sky(Tank[] tanks) : SystemAgent("sky")
    {
        public override void ApplyDisturbance(in AgentContext context, Disturbance disturbance)
        {
            foreach (Tank tank in tanks)
            {
                context.Get(tank.Water).Litres += (float)disturbance["litres"];
            }
        }
    }
}

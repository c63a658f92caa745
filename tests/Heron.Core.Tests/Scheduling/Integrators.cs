using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Scheduling;

/// <summary>
/// Field agents whose action adds a tenth of itself to their number, which others may see or not; the physics counts its
/// runs; the reward is minus the number's absolute value. The environment of the recorded event sequences.
/// </summary>
internal static class Integrators
{
    public static EnvironmentFactory Factory(ScheduleConfig system, params (string Id, ScheduleConfig Schedule)[] agents) =>
        Factory(new HeronEnvironmentOptions(), system, Visibility.Owner, agents);

    public static EnvironmentFactory Factory(HeronEnvironmentOptions options, ScheduleConfig system, Visibility visibility, params (string Id, ScheduleConfig Schedule)[] agents)
    {
        var root = new World(system);
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Integrators-v0", options).Add(root);
        foreach ((string id, ScheduleConfig schedule) in agents)
        {
            builder.Add(new Integrator(id, schedule, visibility), root.Id);
        }

        return builder.SimulateWith(() => new Counting(root)).Build();
    }

    public struct Number
    {
        public float X;
    }

    public struct Runs
    {
        public int Count;
        public double LastStartSeconds;
    }

    internal sealed class World : SystemAgent
    {
        public World(ScheduleConfig? schedule)
            : base("system")
        {
            if (schedule is not null)
            {
                Schedule = schedule;
            }

            State = AddFeature(default(Runs), Visibility.System);
        }

        public Feature<Runs> State { get; }
    }

    internal sealed class Integrator : FieldAgent
    {
        public Integrator(string id, ScheduleConfig schedule, Visibility visibility)
            : base(id)
        {
            Schedule = schedule;
            ActionSpace = new BoxSpace(-1, 1);
            State = AddFeature(default(Number), visibility);
        }

        public Feature<Number> State { get; }

        public override void Apply(in AgentContext context) => context.Get(State).X += 0.1f * context.Action[0];

        public override double Reward(in AgentView view) => -Math.Abs(view.Get(State).X);
    }

    /// <summary>Each agent does the same all the time; those that are not named decline.</summary>
    internal sealed class Constant(params (string Id, float Action)[] actions) : IActionSource
    {
        public List<(double Time, string[] Agents)> Requests { get; } = [];

        public void Act(in ActionRequest request)
        {
            EnvironmentSpec spec = request.Spec;
            Requests.Add((request.TimeSeconds, [.. request.Agents.ToArray().Select(agent => spec.Agents[agent].Id)]));
            foreach (int agent in request.Agents)
            {
                int found = Array.FindIndex(actions, action => action.Id == spec.Agents[agent].Id);
                if (found < 0)
                {
                    request.Decline(agent);
                    continue;
                }

                request.Continuous(agent)[0] = actions[found].Action;
            }
        }
    }

    private sealed class Counting(World world) : ISimulationBridge
    {
        public void ReadState(in SimulationContext context)
        {
        }

        public void Simulate(in SimulationContext context)
        {
        }

        public void WriteResults(in SimulationContext context)
        {
            ref Runs runs = ref context.Get(world.State);
            runs.Count++;
            runs.LastStartSeconds = context.TimeSeconds;
        }
    }
}

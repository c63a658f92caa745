using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Protocols;
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
            root.Integrators.Add(new Integrator(id, schedule, visibility));
            builder.Add(root.Integrators[^1], root.Id);
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
        public int Preparations;
        public double LastStartSeconds;
    }

    /// <summary>Counts its preparations; knows the disturbance "shock", which moves the number of every integrator by its "size".</summary>
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

        public List<Integrator> Integrators { get; } = [];

        public override void PreStep(in AgentContext context) => context.Get(State).Preparations++;

        public override void ApplyDisturbance(in AgentContext context, Disturbance disturbance)
        {
            if (disturbance.Type != "shock")
            {
                throw new ArgumentException($"The integrators know no disturbance '{disturbance.Type}'.");
            }

            foreach (Integrator integrator in Integrators)
            {
                context.Get(integrator.State).X += (float)disturbance["size"];
            }
        }
    }

    internal sealed class Integrator : FieldAgent
    {
        public static readonly CustomEvent<Number> Nudge = new("nudge");

        private readonly float _endsAt;
        private readonly bool _truncates;

        public Integrator(string id, ScheduleConfig? schedule, Visibility visibility = Visibility.Owner, float endsAt = float.PositiveInfinity, bool truncates = false, int stepPeriod = 1)
            : base(id)
        {
            if (schedule is not null)
            {
                Schedule = schedule;
            }

            _endsAt = endsAt;
            _truncates = truncates;
            StepPeriod = stepPeriod;
            ActionSpace = new BoxSpace(-1, 1);
            State = AddFeature(default(Number), visibility, keepsPrevious: true);
            Handle(Nudge, (in context, sender, in payload) => context.Get(State).X += payload.X);
        }

        public Feature<Number> State { get; }

        /// <summary>Sends this nudge on to another agent whenever an action works.</summary>
        public (Agent Recipient, double DelaySeconds)? PassesOnTo { get; set; }

        /// <summary>Nudges all others so much later whenever an action works.</summary>
        public double? ShoutsAfterSeconds { get; set; }

        public override void Apply(in AgentContext context)
        {
            context.Get(State).X += 0.1f * context.Action[0];
            if (ShoutsAfterSeconds is double delay)
            {
                context.Broadcast(Nudge, new Number { X = 1 }, delay);
            }

            if (PassesOnTo is { } other)
            {
                context.Raise(Nudge, other.Recipient, new Number { X = 1 }, other.DelaySeconds);
            }
        }

        public override double Reward(in AgentView view) => -Math.Abs(view.Get(State).X);

        public override bool IsTerminated(in AgentView view) => !_truncates && view.Get(State).X >= _endsAt;

        public override bool IsTruncated(in AgentView view) => _truncates && view.Get(State).X >= _endsAt;
    }

    /// <summary>A coordinator with a schedule; what it sees and does is the test's.</summary>
    internal sealed class Lead : CoordinatorAgent
    {
        public Lead(string id, ScheduleConfig schedule, Protocol? protocol = null)
            : base(id)
        {
            Schedule = schedule;
            if (protocol is not null)
            {
                AddProtocol(protocol);
            }
        }
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

    internal sealed class Counting(World world) : ISimulationBridge
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

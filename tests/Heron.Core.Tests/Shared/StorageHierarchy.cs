using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Shared;

/// <summary>
/// The worked example of the HERON model: two storages b0 and b1 under coordinator c under the system. An action adds a
/// tenth of itself to the state of charge, the simulation takes 0.01 and writes the mean. Every call is noted.
/// </summary>
internal sealed class StorageHierarchy
{
    public StorageHierarchy()
    {
        var coordinator = new Team("c", Calls);
        Storages = [new Storage("b0", Calls), new Storage("b1", Calls)];
        Factory = new HeronEnvironmentBuilder("Storages-v0", new HeronEnvironmentOptions { StepSeconds = 1 })
            .Add(new Root(Calls))
            .Add(coordinator, "system")
            .Add(Storages[0], "c")
            .Add(Storages[1], "c")
            .SimulateWith(() => new Leak(Storages, coordinator, Calls))
            .ScoreWith(new NotedScore(Calls))
            .Build();
    }

    public List<string> Calls { get; } = [];

    public Storage[] Storages { get; }

    public EnvironmentFactory Factory { get; }

    public struct Soc
    {
        public double Fraction;
        public double Capacity;
    }

    public struct TeamState
    {
        public double MeanSoc;
    }

    internal sealed class Root(List<string> calls) : SystemAgent("system")
    {
        public override void PreStep(in AgentContext context) => calls.Add($"pre-step at {context.Step}");
    }

    internal sealed class Team : CoordinatorAgent
    {
        private readonly List<string> _calls;

        public Team(string id, List<string> calls)
            : base(id)
        {
            _calls = calls;
            State = AddFeature(default(TeamState), Visibility.Owner);
            ActionSpace = new BoxSpace(-1, 1, 2);
        }

        public Feature<TeamState> State { get; }

        public override void Apply(in AgentContext context) => _calls.Add($"apply {Id} [{context.Action[0]}, {context.Action[1]}]");

        public override double Reward(in AgentView view)
        {
            _calls.Add($"reward {Id}");
            return view.Get(State).MeanSoc;
        }
    }

    internal sealed class Storage : FieldAgent
    {
        private readonly List<string> _calls;

        public Storage(string id, List<string> calls)
            : base(id)
        {
            _calls = calls;
            State = AddFeature(new Soc { Fraction = 0.5, Capacity = 100 }, Visibility.Owner | Visibility.UpperLevel);
            ActionSpace = new BoxSpace(-1, 1);
            ObservationSpace = BoxSpace.Unbounded(2);
        }

        public Feature<Soc> State { get; }

        public override void Apply(in AgentContext context)
        {
            ref Soc soc = ref context.Get(State);
            double before = soc.Fraction;
            soc.Fraction += 0.1 * context.Action[0];
            _calls.Add($"apply {Id} {before:F2} to {soc.Fraction:F2}");
        }

        public override void Observe(in AgentView view, Span<float> observation)
        {
            _calls.Add($"observe {Id}");
            base.Observe(view, observation);
        }

        public override double Reward(in AgentView view)
        {
            _calls.Add($"reward {Id}");
            return -Math.Abs(view.Get(State).Fraction - 0.6);
        }

        public override bool IsTerminated(in AgentView view)
        {
            _calls.Add($"terminated {Id} at {view.Step}");
            return false;
        }
    }

    private sealed class Leak(Storage[] storages, Team team, List<string> calls) : ISimulationBridge
    {
        private readonly double[] _fractions = new double[storages.Length];

        public void ReadState(in SimulationContext context)
        {
            for (int i = 0; i < storages.Length; i++)
            {
                _fractions[i] = context.Get(storages[i].State).Fraction;
            }

            calls.Add($"read {_fractions[0]:F2} {_fractions[1]:F2}");
        }

        public void Simulate(in SimulationContext context)
        {
            for (int i = 0; i < _fractions.Length; i++)
            {
                _fractions[i] -= 0.01;
            }

            calls.Add($"simulate {_fractions[0]:F2} {_fractions[1]:F2}");
        }

        public void WriteResults(in SimulationContext context)
        {
            for (int i = 0; i < storages.Length; i++)
            {
                context.Get(storages[i].State).Fraction = _fractions[i];
            }

            context.Get(team.State).MeanSoc = _fractions.Average();
            calls.Add("write");
        }
    }

    private sealed class NotedScore(List<string> calls) : EnvironmentScore
    {
        public override void Score(in ScoreContext context) => calls.Add($"score after {context.Step}");
    }
}

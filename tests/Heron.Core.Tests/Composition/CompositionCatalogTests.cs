using Heron.Core.Agents;
using Heron.Core.Composition;
using Heron.Core.Environments;
using Heron.Core.Environments.Conformance;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Composition;

/// <summary>A catalogue of somebody's own agents: counters that a simulation adds up.</summary>
public sealed class CompositionCatalogTests
{
    private static readonly EnvironmentCard Card = new() { Summary = "Counters.", Description = "Task: count.", VersionHistory = ["v0: first."] };

    private static CompositionCatalog Catalog() => new CompositionCatalog()
        .Add(new AgentClass<Counter, CounterArguments>("counter", "Counts.", (arguments, place) => new Counter(place.Id, arguments.Start)))
        .Add(new AgentClass<Watcher, NoArguments>("watcher", "Watches the counters below it.", (_, place) => new Watcher(place.Id, place.Subordinates<Counter>())))
        .Add(new SimulationClass<RateArguments>("growth", "Adds to all.", ["counter", "watcher"], (arguments, setup) =>
        {
            Feature<Count>[] counts = [.. setup.Agents<Counter>(atLeast: 1).Select(counter => counter.Value)];
            setup.Builder.SimulateWith(() => new Growth(counts, arguments.Rate));
        })
        {
            StepSeconds = 5,
        });

    private static Dictionary<string, object> Values(string json) => new((IReadOnlyDictionary<string, object>)ParameterValue.FromJson(json));

    private static ComposedEnvironment Environment(string json, CompositionCatalog? catalog = null) => new("Counters-v0", Card, catalog ?? Catalog(), Values(json));

    private const string Example = """
        {
          "agents": [{"agent_id": "c", "agent_class": "counter", "count": 3, "start": 2}],
          "coordinators": [{"coordinator_id": "w", "agent_class": "watcher", "subordinates": ["c_?"]}],
          "simulation": {"name": "growth", "rate": 0.5}
        }
        """;

    [Fact]
    public void Configure_OwnClasses_GivesAnEnvironmentThatConforms()
    {
        EnvironmentFactory factory = Environment(Example).Configure();

        Assert.Empty(EnvironmentConformance.Check(factory));
        Assert.Equal(["w", "c_0", "c_1", "c_2"], factory.Spec.Agents.Select(agent => agent.Id));
        Assert.Equal(5, factory.Spec.StepSeconds);
        Assert.Contains("Class counter (field agent): Counts. Arguments:\n- start (float, 0 to 10 units, default 1): Where it starts.", Environment(Example).Card.Description);
    }

    [Fact]
    public void Constructor_WrongExample_IsRefused()
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => Environment(Example.Replace("\"start\": 2", "\"start\": 20", StringComparison.Ordinal)));

        Assert.Contains("'agents[0].start' of Counters-v0 is 20; it takes finite numbers from 0 to 10 units", error.Message);
    }

    // The class throws; the place is added.
    [Fact]
    public void Configure_ClassThatRefusesItsPlace_IsNamed()
    {
        ArgumentException error = Assert.ThrowsAny<ArgumentException>(() => Environment("""
            {
              "agents": [{"agent_id": "c", "agent_class": "counter"}],
              "coordinators": [{"coordinator_id": "w", "agent_class": "watcher"}],
              "simulation": {"name": "growth"}
            }
            """));

        Assert.Equal("Parameter 'coordinators[0]' of Counters-v0 does not work: watcher 'w' has nobody to watch.", error.Message);
    }

    [Fact]
    public void Add_WhatDoesNotFit_IsRefused()
    {
        CompositionCatalog catalog = Catalog();
        (Func<CompositionCatalog> Add, string Part)[] cases =
        [
            (() => catalog.Add(new AgentClass<Counter, NoArguments>("counter", "", (_, place) => new Counter(place.Id, 1))), "'counter' is already in the catalogue"),
            (() => catalog.Add(new AgentClass<Counter, ScheduledArguments>("other", "", (_, place) => new Counter(place.Id, 1))), "argument 'schedule', which every agent of that level has"),
            (() => catalog.Add(new SimulationClass<NoArguments>("decay", "", ["conter"], (_, _) => { })), "serves the agent class 'conter', which is not in the catalogue: coordinator, counter, watcher"),
            (() => catalog.Add(new SimulationClass<NamedArguments>("decay", "", ["counter"], (_, _) => { })), "argument 'name', under which users write"),
            (() => catalog.Add(new AgentClass<SystemAgent, NoArguments>("root", "", (_, _) => new SystemAgent())), "neither a FieldAgent nor a CoordinatorAgent"),
            (() => catalog.Add(new AgentClass<Counter, NoArguments>(" ", "", (_, place) => new Counter(place.Id, 1))), "was given the name ' '"),
        ];

        Assert.All(cases, wrong => Assert.Contains(wrong.Part, Assert.ThrowsAny<ArgumentException>(wrong.Add).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Configure_ClassThatMakesAnotherId_IsTheAuthorsMistake()
    {
        CompositionCatalog catalog = Catalog().Add(new AgentClass<Counter, NoArguments>("stray", "", (_, _) => new Counter("elsewhere", 1)) { FitsEverySimulation = true });

        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => Environment("""{"agents": [{"agent_id": "c", "agent_class": "stray"}], "simulation": {"name": "growth"}}""", catalog));

        Assert.Contains("made an agent 'elsewhere' for the place of 'c'", error.Message);
    }

    public struct Count
    {
        public double Value;
    }

    public sealed record CounterArguments
    {
        [EnvironmentParameter("Where it starts.", Unit = "units", Minimum = 0, Maximum = 10)]
        public double Start { get; set; } = 1;
    }

    public sealed record RateArguments
    {
        [EnvironmentParameter("Units per step.", Minimum = 0, Maximum = 1)]
        public double Rate { get; set; }
    }

    public sealed record ScheduledArguments
    {
        [EnvironmentParameter("Another one.")]
        public double Schedule { get; set; }
    }

    public sealed record NamedArguments
    {
        [EnvironmentParameter("Another one.")]
        public string Name { get; set; } = "";
    }

    public sealed class Counter : FieldAgent
    {
        public Counter(string id, double start)
            : base(id)
        {
            Value = AddFeature(new Count { Value = start }, Visibility.Owner | Visibility.UpperLevel);
            ActionSpace = new BoxSpace(-1, 1);
        }

        public Feature<Count> Value { get; }

        public override void Apply(in AgentContext context) => context.Get(Value).Value += context.Action[0];
    }

    public sealed class Watcher : CoordinatorAgent
    {
        public Watcher(string id, IReadOnlyList<Counter> counters)
            : base(id)
        {
            if (counters.Count == 0)
            {
                throw new ArgumentException($"watcher '{id}' has nobody to watch.");
            }

            ActionSpace = new DiscreteSpace(2);
        }
    }

    private sealed class Growth(Feature<Count>[] counts, double rate) : ISimulationBridge
    {
        public void ReadState(in SimulationContext context)
        {
        }

        public void Simulate(in SimulationContext context)
        {
        }

        public void WriteResults(in SimulationContext context)
        {
            foreach (Feature<Count> count in counts)
            {
                context.Get(count).Value += rate;
            }
        }
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Environments;

public sealed class EnvironmentDefinitionTests
{
    private static readonly EnvironmentDefinition<Settings> Definition = Define<Settings>();

    [Fact]
    public void Parameters_OfARecord_CarryNamesTypesDefaultsAndRanges()
    {
        Assert.Equal(["num_agents", "noise", "verbose", "task", "weights"], Definition.Parameters.Select(parameter => parameter.Name));
        Assert.Equal(["int", "float", "bool", "string", "float list"], Definition.Parameters.Select(parameter => parameter.Type));
        Assert.Equal(3, Definition.Parameters[0].Default);
        Assert.Equal((1.0, 10.0), (Definition.Parameters[0].Minimum, Definition.Parameters[0].Maximum));
        Assert.Equal("m", Definition.Parameters[1].Unit);
        Assert.Equal(["near", "far"], Definition.Parameters[3].Choices);
        Assert.Equal("Agents.", Definition.Parameters[0].Summary);
    }

    [Fact]
    public void Configure_WithoutValues_TakesTheDefaults()
    {
        IReadOnlyDictionary<string, object> resolved = Definition.Configure().Spec.Parameters;

        Assert.Equal(3, resolved["num_agents"]);
        Assert.Equal(0.5, resolved["noise"]);
        Assert.Equal([1.0, 2.0], Assert.IsType<double[]>(resolved["weights"]));
        Assert.False(resolved.ContainsKey("hidden"));
    }

    [Fact]
    public void Configure_NumbersOfAnyType_AreConverted()
    {
        // JSON knows only doubles; a caller in C# may have any of these.
        IReadOnlyDictionary<string, object> resolved = Resolve(
            ("num_agents", 4.0), ("noise", 2), ("verbose", true), ("task", "far"), ("weights", new List<object> { 1L, 2.5f }));

        Assert.Equal(4, resolved["num_agents"]);
        Assert.Equal(2.0, resolved["noise"]);
        Assert.Equal(true, resolved["verbose"]);
        Assert.Equal("far", resolved["task"]);
        Assert.Equal([1.0, 2.5], Assert.IsType<double[]>(resolved["weights"]));
    }

    [Theory]
    [InlineData("nois", 1.0, "no parameter 'nois'; it has: num_agents, noise, verbose, task, weights")]
    [InlineData("num_agents", 2.5, "'num_agents' of Settings-v0 is 2.5; it takes a whole number, for example 3")]
    [InlineData("num_agents", "4", "'num_agents' of Settings-v0 is '4'; it takes a whole number")]
    [InlineData("num_agents", true, "'num_agents' of Settings-v0 is true; it takes a whole number")]
    [InlineData("num_agents", 1e12, "is 1000000000000; it takes finite numbers from 1 to 10")]
    [InlineData("num_agents", 0, "'num_agents' of Settings-v0 is 0; it takes finite numbers from 1 to 10")]
    [InlineData("num_agents", 11, "is 11; it takes finite numbers from 1 to 10")]
    [InlineData("noise", -1.0, "'noise' of Settings-v0 is -1; it takes finite numbers from 0 to Infinity m")]
    [InlineData("noise", double.NaN, "is NaN; it takes finite numbers")]
    [InlineData("noise", double.PositiveInfinity, "is Infinity; it takes finite numbers")]
    [InlineData("noise", "much", "'noise' of Settings-v0 is 'much'; it takes a number, for example 0.5")]
    [InlineData("noise", null, "'noise' of Settings-v0 is null; it takes a number")]
    [InlineData("verbose", 1, "'verbose' of Settings-v0 is 1; it takes true or false, for example false")]
    [InlineData("task", "middle", "'task' of Settings-v0 is 'middle'; it takes one of: near, far")]
    [InlineData("task", 1.0, "'task' of Settings-v0 is 1; it takes a text, for example 'near'")]
    [InlineData("weights", new double[0], "'weights' of Settings-v0 is []; it takes a list of at least one number, for example [1, 2]")]
    [InlineData("weights", new object?[] { 1.0, null }, "'weights' of Settings-v0 is [1, null]; it takes a list")]
    [InlineData("weights", new object[] { 1.0, "a" }, "is [1, 'a']; it takes a list")]
    [InlineData("weights", new[] { 1.0, 101.0 }, "'weights' of Settings-v0 is 101; it takes finite numbers from -100 to 100")]
    [InlineData("weights", "12", "'weights' of Settings-v0 is '12'; it takes a list")]
    [InlineData("hidden", 1, "no parameter 'hidden'")]
    public void Configure_ValueThatDoesNotFit_NamesParameterValueAndWhatIsAllowed(string name, object? value, string part)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Resolve((name, value!)));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_EnvironmentWithoutParameters_SaysThatItHasNone()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => Define<Nothing>().Configure(new Dictionary<string, object> { ["a"] = 1 }));

        Assert.Contains("no parameter 'a'; it has none", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Configure_AgentTree_HasTheParametersInItsSpecification()
    {
        EnvironmentSpec spec = DefineTree("Settings-v0").Configure(new Dictionary<string, object> { ["num_agents"] = 2 }).Spec;

        Assert.Equal(["pump_0", "pump_1"], spec.Agents.Select(agent => agent.Id));
        Assert.Equal(2, spec.Parameters["num_agents"]);
        Assert.Equal("near", spec.Parameters["task"]);
    }

    [Fact]
    public void Configure_BuilderOfAnotherId_NamesBoth()
    {
        InvalidOperationException error = Assert.Throws<InvalidOperationException>(() => DefineTree("Setting-v0").Configure());

        Assert.Equal("The catalogue entry 'Settings-v0' builds an environment named 'Setting-v0'; give both the same id.", error.Message);
    }

    [Fact]
    public void Configure_Twice_SharesNothing()
    {
        double[] first = (double[])Resolve(("noise", 1.0))["weights"];
        first[0] = 77;

        Assert.Equal([1.0, 2.0], Assert.IsType<double[]>(Resolve(("noise", 1.0))["weights"]));
    }

    [Fact]
    public void Constructor_DeclarationThatCannotWork_NamesTheProperty()
    {
        Assert.Contains("WrongType.When is a DateTime", Assert.Throws<InvalidOperationException>(Define<WrongType>).Message, StringComparison.Ordinal);
        Assert.Contains("ReadOnly.Count cannot be set", Assert.Throws<InvalidOperationException>(Define<ReadOnly>).Message, StringComparison.Ordinal);
        Assert.Contains("default of WrongDefault.Count", Assert.Throws<InvalidOperationException>(Define<WrongDefault>).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyDictionary<string, object> Resolve(params (string Name, object Value)[] values) =>
        Definition.Configure(values.ToDictionary(entry => entry.Name, entry => entry.Value)).Spec.Parameters;

    private static EnvironmentDefinition<Settings> DefineTree(string id) => new("Settings-v0", new EnvironmentCard { Summary = "One.", Description = "More.", VersionHistory = ["v0: first"] }, settings =>
        new HeronEnvironmentBuilder(id).Add(new SystemAgent()).AddMany("pump", settings.NumAgents, name => new Pump(name), "system_agent"));

    private static EnvironmentDefinition<T> Define<T>()
        where T : class, new()
    {
        var card = new EnvironmentCard { Summary = "One.", Description = "More.", VersionHistory = ["v0: first"] };
        return new EnvironmentDefinition<T>("Settings-v0", card, (_, values) =>
        {
            var spec = new EnvironmentSpec("Settings-v0", [new AgentSpec("a", AgentLevel.Field, null, BoxSpace.Unbounded(1), new DiscreteSpace(2))]) { Parameters = values };
            return new EnvironmentFactory(spec, () => throw new NotSupportedException());
        });
    }

    private sealed record Settings
    {
        [EnvironmentParameter("Agents.", Minimum = 1, Maximum = 10)]
        public int NumAgents { get; init; } = 3;

        [EnvironmentParameter("Noise.", Unit = "m", Minimum = 0)]
        public double Noise { get; init; } = 0.5;

        [EnvironmentParameter("Talk.")]
        public bool Verbose { get; set; }

        [EnvironmentParameter("Task.", Choices = ["near", "far"])]
        public string Task { get; set; } = "near";

        [EnvironmentParameter("Weights.", Minimum = -100, Maximum = 100)]
        public double[] Weights { get; set; } = [1, 2];

        public int Hidden { get; set; }
    }

    private sealed class Pump : FieldAgent
    {
        public Pump(string id)
            : base(id) => ActionSpace = new BoxSpace(0, 1);
    }

    private sealed record Nothing;

    private sealed record WrongType
    {
        [EnvironmentParameter("When.")]
        public DateTime When { get; set; }
    }

    private sealed record ReadOnly
    {
        [EnvironmentParameter("Count.")]
        public int Count { get; } = 3;
    }

    private sealed record WrongDefault
    {
        [EnvironmentParameter("Count.", Minimum = 1)]
        public int Count { get; set; }
    }
}

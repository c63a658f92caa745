using Heron.Core.Environments;

namespace Heron.Core.Tests.Environments;

/// <summary>Parameters that hold texts and objects; numbers and ranges are tested with the definitions that use them.</summary>
public sealed class ParameterBinderTests
{
    private static readonly ParameterBinder<Team> Binder = new("Team-v0");

    private static Dictionary<string, object> Values(params (string Name, object Value)[] values) => values.ToDictionary(pair => pair.Name, pair => pair.Value);

    [Fact]
    public void Parameters_OfTextsAndObjects_HaveTheirTypes() =>
        Assert.Equal(["string list", "object", "object list"], Binder.Parameters.Select(parameter => parameter.Type));

    [Fact]
    public void Bind_TextsAndObjects_ArriveAsTheyAre()
    {
        Dictionary<string, object> member = Values(("id", "a"), ("weights", new[] { 1.0, 2 }));

        Team team = Binder.Bind(Values(("names", new List<object> { "near", "far" }), ("options", Values(("depth", 2.0))), ("members", new object[] { member })));

        Assert.Equal(["near", "far"], team.Names);
        Assert.Equal(2.0, team.Options["depth"]);
        Assert.Same(member, Assert.Single(team.Members));
        Assert.Equal(["members", "names", "options"], Binder.Describe(team).Keys.Order());
    }

    // JSON does not say what an empty list would hold.
    [Fact]
    public void Bind_EmptyListOfNumbers_IsAnEmptyListOfAnything()
    {
        Team team = Binder.Bind(Values(("names", Array.Empty<double>()), ("members", Array.Empty<double>())));

        Assert.Empty(team.Names);
        Assert.Empty(team.Members);
    }

    [Fact]
    public void Bind_ValueThatDoesNotFit_NamesOwnerParameterAndValue()
    {
        (string Name, object Value, string Part)[] cases =
        [
            ("names", "near", "Parameter 'names' of Team-v0 is 'near'; it takes a list of texts, for example ['near']."),
            ("names", new object[] { "near", 1.0 }, "is ['near', 1]; it takes a list of texts"),
            ("names", new[] { "middle" }, "'names' of Team-v0 is 'middle'; it takes one of: near, far."),
            ("options", 3.0, "Parameter 'options' of Team-v0 is 3; it takes an object with values by name."),
            ("members", Values(("id", "a")), "is {id: 'a'}; it takes a list of objects with values by name."),
            ("members", new object[] { 1.0 }, "is [1]; it takes a list of objects"),
        ];

        Assert.All(cases, wrong => Assert.Contains(wrong.Part, Assert.Throws<ArgumentException>(() => Binder.Bind(Values((wrong.Name, wrong.Value)))).Message, StringComparison.Ordinal));
    }

    [Fact]
    public void Bind_ValuesDeeperInside_AreNamedByTheirPath()
    {
        ArgumentException unknown = Assert.Throws<ArgumentException>(() => Binder.Bind(Values(("nmes", 1.0)), "League-v0", "teams[1]"));
        ArgumentException wrong = Assert.Throws<ArgumentException>(() => Binder.Bind(Values(("names", new[] { "middle" })), "League-v0", "teams[1]"));

        Assert.Equal("League-v0 has no parameter 'teams[1].nmes'; it has: names, options, members.", unknown.Message);
        Assert.StartsWith("Parameter 'teams[1].names' of League-v0 is 'middle'; ", wrong.Message, StringComparison.Ordinal);
    }

    public sealed record Team
    {
        [EnvironmentParameter("Names.", Choices = ["near", "far"])]
        public string[] Names { get; set; } = ["near"];

        [EnvironmentParameter("Options.")]
        public IReadOnlyDictionary<string, object> Options { get; set; } = new Dictionary<string, object>();

        [EnvironmentParameter("Members.")]
        public IReadOnlyDictionary<string, object>[] Members { get; set; } = [];
    }
}

using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.Core.Policies;
using Heron.Core.Scheduling;

namespace Heron.Simulations.Tests;

/// <summary>The written rules that environments bring along.</summary>
public sealed class EnvironmentRuleTests
{
    public static TheoryData<string> WithRules => [.. HeronEnvironments.AddTo(new EnvironmentRegistry()).Definitions
        .Where(definition => definition.Configure().Rules.Count > 0).Select(definition => definition.Id)];

    [Fact]
    public void Rules_OfTheDemonstrations_AreThere() => Assert.Equal(
        ["SensorNetwork-v0", "Thermostat-v0", .. Enumerable.Range(0, 8).Select(level => $"TwoRoomHeating-v{level}")],
        WithRules.Select(row => row.Data).Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(WithRules))]
    public void Step_ByRules_EarnsMoreThanAtRandom(string id)
    {
        EnvironmentFactory factory = Get(id);

        Assert.True(ReturnOf(factory, new PolicyActions(factory.Rules)) > ReturnOf(factory, new RandomActions()));
    }

    [Theory]
    [MemberData(nameof(WithRules))]
    public void RunUntil_ByRules_EarnsMoreThanAtRandom(string id)
    {
        EnvironmentFactory factory = Get(id);
        double EventDriven(IActionSource source)
        {
            EventScheduler scheduler = factory.CreateEventScheduler(source);
            scheduler.Reset(1);
            scheduler.RunUntil(30, cancellationToken: TestContext.Current.CancellationToken);
            return scheduler.Summarize().Agents.Sum(agent => agent.Return);
        }

        Assert.True(EventDriven(new PolicyActions(factory.Rules)) > EventDriven(new RandomActions()));
    }

    // (22 - 18) / 5 = 0.8 in the first step; the vent opens by (31 - 28) / 5 = 0.6.
    [Fact]
    public void Step_TwoRoomHeatingByRules_HeatsAndVentsInProportion()
    {
        EnvironmentFactory factory = Get("TwoRoomHeating-v7", ("initial_temperatures", new[] { 31.0, 18.0 }));
        var floor = new float[3];
        IActionSource rules = new PolicyActions(factory.Rules);
        using var driver = new StepDriver(factory, new Watched(rules, (in request) => request.Continuous(0).CopyTo(floor)));
        driver.Reset(0);

        driver.Step();

        Assert.Equal("floor_ctrl", factory.Spec.Agents[0].Id);
        Assert.Equal([-1, 0.8f, 0.6f], floor, (a, b) => Math.Abs(a - b) < 1e-6f);
    }

    [Fact]
    public void Rules_OfExposedAgents_AreThoseThatFit()
    {
        EnvironmentFactory exposed = ExposedAgents.Of(Get("SensorNetwork-v0"), ["sensor_1", "sensor_coordinator"]);

        Assert.Equal(["sensor_1"], exposed.Rules.Select(rule => rule.Pattern));
    }

    private static EnvironmentFactory Get(string id, params (string Name, object Value)[] parameters) =>
        HeronEnvironments.AddTo(new EnvironmentRegistry()).Get(id).Configure(parameters.ToDictionary(p => p.Name, p => p.Value));

    private static double ReturnOf(EnvironmentFactory factory, IActionSource source)
    {
        using var driver = new StepDriver(factory, source);
        driver.Reset(1);
        for (int step = 0; step < 30 && !driver.IsOver; step++)
        {
            driver.Step();
        }

        return driver.Returns.ToArray().Sum();
    }

    private delegate void Look(in ActionRequest request);

    /// <summary>Lets a source act and looks at what it chose.</summary>
    private sealed class Watched(IActionSource source, Look look) : IActionSource
    {
        public void Begin(EnvironmentSpec spec, uint seed) => source.Begin(spec, seed);

        public void Act(in ActionRequest request)
        {
            source.Act(request);
            look(request);
        }
    }
}

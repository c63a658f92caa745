using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Observations;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Observations;

public sealed class AgentObservationTests
{
    private static TeamRun Start()
    {
        PlainField[] batteries = [new("battery_2"), new("battery_10")];
        foreach (PlainField battery in batteries)
        {
            battery.Declare(0.8f, Visibility.Owner, "Soc");
            battery.Declare(1, Visibility.Public, "GridVoltage");
        }

        return new TeamRun(new HeronEnvironmentBuilder("Observations-v0").Add(new Weather()).Add(batteries[0], "weather").Add(batteries[1], "weather").Build());
    }

    // Own features, then the others' in tree order: the outside temperature is the system agent's, battery_10 was added last.
    [Fact]
    public void ObservationOf_AnAgent_HasLocalAndGlobalInTheOrderOfTheBuffer()
    {
        TeamRun run = Start();
        run.Step();

        AgentObservation observation = run.Environment.ObservationOf("battery_2");

        Assert.Equal(1, observation.TimeSeconds);
        Assert.Equal(["Soc", "GridVoltage"], observation.Local.Keys);
        Assert.Equal(["weather", "battery_10"], observation.Global.Keys);
        Assert.Equal([1], observation.Global["battery_10"]["GridVoltage"]);
        Assert.Equal([0.8f, 1], observation.LocalVector());
        Assert.Equal([21, 1], observation.GlobalVector());
        Assert.Equal(run.Observation("battery_2"), observation.ToVector());
    }

    // What the world does reaches everybody as a public feature of the system agent, also those who see nothing else of others.
    [Fact]
    public void Observe_PublicFeatureOfTheSystemAgent_IsSeenByAll()
    {
        TeamRun run = Start();

        run.Step();
        run.Step();

        Assert.Equal(22, run.Observation("battery_2")[2]);
        Assert.Equal(22, run.Observation("battery_10")[2]);
    }

    [Fact]
    public void ToJson_ThenFromJson_IsTheSameToTheLastBit()
    {
        var observation = new AgentObservation(
            0.1, new Dictionary<string, float[]> { ["soc"] = [0.1f, float.NaN, float.MaxValue] }, new Dictionary<string, IReadOnlyDictionary<string, float[]>> { ["b"] = new Dictionary<string, float[]> { ["soc"] = [1f / 3] } });

        AgentObservation read = AgentObservation.FromJson(observation.ToJson());

        Assert.Equal(observation.ToVector(), read.ToVector());
        Assert.Equal(0.1, read.TimeSeconds);
        Assert.Equal(observation.ToJson(), read.ToJson());
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{\"time_seconds\": 1}")]
    [InlineData("{\"time_seconds\": 1, \"local\": null, \"global\": {}}")]
    public void FromJson_SomethingElse_SaysWhatAnObservationHas(string json) =>
        Assert.Contains("It has time_seconds, local and global", Assert.Throws<ArgumentException>(() => AgentObservation.FromJson(json)).Message, StringComparison.Ordinal);

    [Fact]
    public void ObservationOf_AgentThatDoesNotAct_NamesThoseThatDo() =>
        Assert.Contains("'weather' of Observations-v0 does not act, so it observes nothing. Those that do are: battery_2, battery_10.", Assert.Throws<ArgumentException>(() => Start().Environment.ObservationOf("weather")).Message, StringComparison.Ordinal);

    private sealed class Weather : SystemAgent
    {
        private readonly Feature<Outside> _outside;

        public Weather()
            : base("weather") => _outside = AddFeature(new Outside { TemperatureC = 20 }, Visibility.Public);

        public override void PreStep(in AgentContext context) => context.Get(_outside).TemperatureC++;

        public struct Outside
        {
            public double TemperatureC;
        }
    }
}

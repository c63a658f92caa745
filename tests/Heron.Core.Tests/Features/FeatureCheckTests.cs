using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;
using Heron.Core.Tests.Policies;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Features;

public sealed class FeatureCheckTests
{
    [Fact]
    public void Step_ActionLeadsOutOfRange_IsHeldBeforeAnybodySeesIt()
    {
        var run = new TeamRun(new HeronEnvironmentBuilder("Tank-v0").Add(new PlainSystem()).Add(new Tank(level: 0.75f, AtMostOne), "system").Build());

        run.Step(("tank", [1]));

        Assert.Equal([1], run.Observation("tank"));
    }

    [Fact]
    public void AddFeature_InitialValueOutOfRange_IsHeld()
    {
        var run = new TeamRun(new HeronEnvironmentBuilder("Tank-v0").Add(new PlainSystem()).Add(new Tank(level: 3, AtMostOne), "system").Build());

        Assert.Equal([1], run.Observation("tank"));
    }

    [Fact]
    public void Reset_StartOutOfRange_IsHeldInBothModes()
    {
        EnvironmentFactory factory = new HeronEnvironmentBuilder("Tank-v0").Add(new PlainSystem()).Add(new Tank(level: 0, AtMostOne) { StartsAt = 3 }, "system").Build();
        var run = new TeamRun(factory);
        EventScheduler scheduler = factory.CreateEventScheduler(new NeutralActions());
        float[] eventDriven = new float[1];

        scheduler.Reset(0);
        scheduler.Observe(0, eventDriven);

        Assert.Equal([1], run.Observation("tank"));
        Assert.Equal([1], eventDriven);
    }

    [Fact]
    public void AddFeature_CheckThatRefuses_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => new Tank(level: -1, (ref Reading level) =>
            throw new ArgumentException($"A tank holds 0 or more, not {level.Value}.")));

        Assert.Equal("A tank holds 0 or more, not -1.", error.Message);
    }

    [Fact]
    public void RunUntil_ActionLeadsOutOfRange_IsHeldBeforeThePhysics()
    {
        var tank = new Tank(level: 0.75f, AtMostOne);
        var gauge = new Gauge(tank);
        EventScheduler scheduler = new HeronEnvironmentBuilder("Tank-v0").Add(new PlainSystem()).Add(tank, "system").SimulateWith(() => gauge).Build()
            .CreateEventScheduler(new PolicyActions(("tank", new ConstantPolicy(1))));
        scheduler.Reset(0);

        scheduler.RunUntil(3, cancellationToken: TestContext.Current.CancellationToken);

        Assert.NotEmpty(gauge.Readings);
        Assert.All(gauge.Readings, level => Assert.Equal(1, level));
    }

    private static void AtMostOne(ref Reading level) => level.Value = Math.Min(level.Value, 1);

    private sealed class Tank : FieldAgent
    {
        public Tank(float level, FeatureCheck<Reading> check)
            : base("tank")
        {
            Volume = AddFeature(new Reading { Value = level }, Visibility.Owner, check: check);
            ActionSpace = new BoxSpace(-1, 1);
        }

        public Feature<Reading> Volume { get; }

        /// <summary>What it is filled to at the start of every episode; null for its initial level.</summary>
        public float? StartsAt { get; init; }

        public override void Reset(in AgentContext context) => context.Get(Volume).Value = StartsAt ?? context.Get(Volume).Value;

        public override void Apply(in AgentContext context) => context.Get(Volume).Value += context.Action[0];
    }
    /// <summary>Writes down the level that every run of the physics finds.</summary>
    private sealed class Gauge(Tank tank) : ISimulationBridge
    {
        public List<float> Readings { get; } = [];

        public void ReadState(in SimulationContext context) => Readings.Add(context.Get(tank.Volume).Value);

        public void Simulate(in SimulationContext context)
        {
        }

        public void WriteResults(in SimulationContext context)
        {
        }
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Environments.Conformance;
using Heron.Core.Features;
using Heron.Core.Randomness;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Environments.Conformance;

/// <summary>Mistakes that authors of environments make, and what the suite tells them.</summary>
[Collection(AllocationCollection.Name)]
public sealed class AuthorMistakeTests
{
    private const double Inflow = 0.1;

    public struct Tank
    {
        [Unit("m³", Minimum = 0, Maximum = 1)]
        public double Volume;
    }

    [Fact]
    public void Check_SoundTank_FindsNothing() => Assert.Empty(Check(new Pump()));

    [Fact]
    public void Check_StateInAFieldOfTheAgent_NamesTheFieldAndNothingElse()
    {
        ConformanceViolation violation = Assert.Single(Check(new ForgetfulPump()));

        Assert.Equal("AgentsKeepNothing", violation.Rule);
        Assert.Matches(@"step 1: the call changed _strokes of agent 'pump' \(\d+, then \d+\)\.", violation.Message);
        Assert.Contains("Make what changes a feature (AddFeature in the constructor", violation.Message);
    }

    [Fact]
    public void Check_RandomStreamInAFieldOfTheAgent_NamesTheField()
    {
        ConformanceViolation violation = Assert.Single(Check(new GamblingPump()));

        Assert.Equal("AgentsKeepNothing", violation.Rule);
        Assert.Contains("_random of agent 'pump' (RandomStream)", violation.Message);
    }

    [Fact]
    public void Check_ObservationOutOfItsBox_NamesNumberValueAndRange()
    {
        ConformanceViolation violation = Check(new Pump(), () => new Overflow()).Single(violation => violation.Rule == "ObservationsInSpace");

        Assert.Matches(@"agent 'pump' observes 1\.\d+ as 'tank\.volume \(m³\)', number 0 of its observation, which takes 0 to 1\.", violation.Message);
        Assert.EndsWith("Minimum and Maximum of the field's Unit.", violation.Message);
    }

    [Fact]
    public void Check_RandomInAFieldOfTheBridge_NamesTheField()
    {
        ConformanceViolation violation = Check(new Pump(), () => new Leak()).Single(violation => violation.Rule == "ResetForgets");

        Assert.Contains("Fields that change from step to step: _random of bridge Leak (Random).", violation.Message);
        Assert.Contains("random numbers come from the context", violation.Message);
    }

    [Fact]
    public void Check_StateCapturedByASimulationFunction_NamesTheVariable()
    {
        double level = 0;
        var pump = new Pump();
        EnvironmentFactory factory = new HeronEnvironmentBuilder("Tank-v0", new HeronEnvironmentOptions { MaxEpisodeSteps = 30 })
            .Add(new SystemAgent())
            .Add(pump, "system_agent")
            .SimulateWith((in SimulationContext context) => context.Get(pump.Tank).Volume = level = 0.5 * (level + Math.Min(1, context.Get(pump.Tank).Volume)))
            .Build();

        ConformanceViolation violation = Assert.Single(EnvironmentConformance.Check(factory));

        Assert.Equal("AgentsKeepNothing", violation.Rule);
        Assert.Contains("level of the simulation function (", violation.Message);
    }

    [Fact]
    public void Check_AllocatingBridge_SaysThatItIsTheBridge()
    {
        ConformanceViolation violation = Assert.Single(Check(new Pump(), () => new Wasteful()));

        Assert.Equal("NothingAllocated", violation.Rule);
        Assert.Matches(@"most of them in ReadState or Simulate of the bridge \(\d+ bytes per step\)\.", violation.Message);
    }

    [Fact]
    public void Check_Exception_SaysWhereItCameFrom()
    {
        ConformanceViolation violation = Assert.Single(Check(new Pump(), () => new Broken()));

        Assert.Equal("NoExceptions", violation.Rule);
        Assert.Contains("DivideByZeroException: ", violation.Message);
        Assert.Contains($"{nameof(Broken)}.{nameof(Broken.Simulate)}(", violation.Message);
    }

    private static IReadOnlyList<ConformanceViolation> Check(Pump pump, Func<TankBridge>? createBridge = null) =>
        EnvironmentConformance.Check(new HeronEnvironmentBuilder("Tank-v0", new HeronEnvironmentOptions { MaxEpisodeSteps = 30 })
            .Add(new SystemAgent())
            .Add(pump, "system_agent")
            .SimulateWith(() =>
            {
                TankBridge bridge = (createBridge ?? (() => new TankBridge()))();
                bridge.Tank = pump.Tank;
                return bridge;
            })
            .Build());

    private class Pump : FieldAgent
    {
        public Pump()
            : base("pump")
        {
            Tank = AddFeature(default(Tank), Visibility.Owner);
            ActionSpace = new BoxSpace(0, 1);
        }

        public Feature<Tank> Tank { get; }

        public override void Apply(in AgentContext context) => context.Get(Tank).Volume += Inflow * context.Action[0];
    }

    private sealed class ForgetfulPump : Pump
    {
        private int _strokes;

        public override void Apply(in AgentContext context)
        {
            _strokes++;
            base.Apply(context);
        }

        public override double Reward(in AgentView view) => _strokes;
    }

    private sealed class GamblingPump : Pump
    {
        private RandomStream _random = new(3);

        public override void Apply(in AgentContext context) => context.Get(Tank).Volume = _random.NextDouble();
    }

    private class TankBridge : ISimulationBridge
    {
        public Feature<Tank>? Tank { get; set; }

        public virtual void Simulate(in SimulationContext context) => context.Get(Tank!).Volume = Math.Min(1, context.Get(Tank!).Volume);
    }

    private sealed class Overflow : TankBridge
    {
        public override void Simulate(in SimulationContext context) => context.Get(Tank!).Volume += Inflow;
    }

    private sealed class Leak : TankBridge
    {
        private readonly Random _random = new(3);

        public override void Simulate(in SimulationContext context) => context.Get(Tank!).Volume = _random.NextDouble();
    }

    private sealed class Wasteful : TankBridge
    {
        public override void Simulate(in SimulationContext context) => context.Get(Tank!).Volume = Enumerable.Repeat(0.25, 3).Select(part => part / 2).Max();
    }

    private sealed class Broken : TankBridge
    {
        public override void Simulate(in SimulationContext context) => context.Get(Tank!).Volume = 1 / (context.Step / 1000);
    }
}

using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Server.Driving;
using Heron.Server.Sessions;
using Heron.Server.Tests.Shared;
using Heron.Simulations;

namespace Heron.Server.Tests.Driving;

public sealed class AblationTests
{
    private const int Step = 0, None = 1, Tick = 2, Observation = 3, Action = 4, Message = 5, Jitter = 6, All = 7;

    private static readonly EnvironmentRegistry Registry = HeronEnvironments.AddTo(new EnvironmentRegistry()).Add(TankEnvironment.Definition);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Agents of different rates, coordinators that command and peers that share among them.
    [Theory]
    [InlineData("Thermostat-v0")]
    [InlineData("SimpleMicrogrids-v0")]
    [InlineData("SensorNetwork-v0")]
    [InlineData("TransportFleet-v0")]
    [InlineData("TwoRoomHeating-v1")]
    [InlineData("TwoRoomHeating-v3")]
    public void Play_WithoutAnyPart_IsStepMode(string id)
    {
        AblationRow[] rows = Play(id, new RandomActions(), steps: 20);

        Assert.Equal(Ablation.Parts.Count + 3, rows.Length);
        Assert.Equal(rows[Step].Episodes.Select(episode => episode.Return), rows[None].Episodes.Select(episode => episode.Return));
        Assert.True(rows[None].GapPercent is null or 0);
        Assert.Equal(0, rows[None].Summary.MeanStalenessSeconds);
        Assert.All(rows, row => Assert.All(row.Episodes, episode => Assert.Equal(20, episode.Steps)));
    }

    // A room decides on its own temperature by its schedule: 0.05 s from tick to observation, 0.1 s from decision to effect, 1 s between ticks.
    [Fact]
    public void Play_EachPart_HasItsOwnStalenessAndGap()
    {
        AblationRow[] rows = Play("Thermostat-v0", new Proportional(), steps: 30);

        double[] staleness = [.. rows.Select(row => row.Summary.MeanStalenessSeconds)];
        Assert.Equal(0.05, staleness[Observation], 1e-9);
        Assert.Equal(0.1, staleness[Action], 1e-9);
        Assert.Equal([0, 0, 0], [staleness[Tick], staleness[Message], staleness[Jitter]]);
        Assert.Equal(0.15, staleness[All], 1e-9);
        Assert.All(rows, row => Assert.Equal(Ablation.GapOf(row.Summary.MeanReturn, rows[Step].Summary.MeanReturn), row.GapPercent));
        Assert.True(rows[All].GapPercent > 0);
        double sum = Enumerable.Range(Tick, Ablation.Parts.Count).Sum(part => rows[part].Summary.MeanReturn - rows[None].Summary.MeanReturn);
        Assert.Equal(rows[All].Summary.MeanReturn - rows[None].Summary.MeanReturn - sum, Ablation.InteractionOf(rows), 1e-9);
    }

    // Rewards are then under way for four runs of the physics, so that an end by time alone would miss some.
    [Fact]
    public void Play_MessagesThatAreLate_LoseNoReward()
    {
        AblationRow[] rows = Play("Thermostat-v0", new NeutralActions(), steps: 12, new ScheduleChange { MessageDelaySeconds = 2.2 });

        Assert.All(rows, row => Assert.All(row.Episodes, episode => Assert.Equal((12, rows[None].Episodes[0].Return), (episode.Steps, episode.Return))));
    }

    [Fact]
    public void Play_ChangesOfASchedule_CountOnlyWithTheirPart()
    {
        AblationRow[] rows = Play("Thermostat-v0", new NeutralActions(), steps: 10, new ScheduleChange { ActionDelaySeconds = 0.5, TickIntervalSeconds = 2 });

        Assert.Equal(0, rows[Observation].Summary.MeanStalenessSeconds - 0.05, 1e-9);
        Assert.Equal(0.5, rows[Action].Summary.MeanStalenessSeconds, 1e-9);
        Assert.Equal(10, rows[Action].Episodes[0].AgentEvents[0].Observations);
        Assert.Equal(5, rows[Tick].Episodes[0].AgentEvents[0].Observations);
    }

    [Fact]
    public void Play_AgentsThatEnd_EndEarlyInBothModes()
    {
        AblationRow[] rows = Play("Tanks-v0", new Full(), steps: 40);

        Assert.All(rows, row => Assert.All(row.Episodes, episode => Assert.Equal(EpisodeEnd.Terminated, episode.End)));
        Assert.Equal(6, rows[Step].Episodes[0].Steps);
        Assert.Equal(7, rows[Action].Episodes[0].Steps);
    }

    [Fact]
    public void Play_EnvironmentWithoutTree_IsRefusedByName()
    {
        var exception = Assert.Throws<InvalidRequestException>(() => Play("MultiAgentArena-v0", new RandomActions(), steps: 3));

        Assert.Contains("MultiAgentArena-v0 runs step by step only", exception.Message);
    }

    [Theory]
    [InlineData(-100, -120, 20)]
    [InlineData(100, 80, 20)]
    [InlineData(-100, -80, -20)]
    public void GapOf_LossOrGain_HasTheSignOfALoss(double stepMode, double eventDriven, double expected) =>
        Assert.Equal(expected, Ablation.GapOf(eventDriven, stepMode));

    [Fact]
    public void GapOf_NothingToLose_IsNone() => Assert.Null(Ablation.GapOf(-3, 0));

    private static AblationRow[] Play(string id, IActionSource source, long steps, params ScheduleChange[] changes)
    {
        var plan = new EpisodePlan(Registry.Get(id).Configure()) { IsEventDriven = true, Changes = changes };
        return [.. new Ablation(plan, source, steps) { Episodes = 2, Seed = 3 }.Play(Token)];
    }

    /// <summary>Heats by how far the room is from its target, which comes second.</summary>
    private sealed class Proportional : IActionSource
    {
        public void Act(in ActionRequest request)
        {
            foreach (int agent in request.Agents)
            {
                request.Continuous(agent).Fill(Math.Clamp((request.Observation(agent)[1] - request.Observation(agent)[0]) / 2, -1, 1));
            }
        }
    }

    /// <summary>Opens every tap.</summary>
    private sealed class Full : IActionSource
    {
        public void Act(in ActionRequest request)
        {
            foreach (int agent in request.Agents)
            {
                request.Continuous(agent).Fill(1);
            }
        }
    }
}

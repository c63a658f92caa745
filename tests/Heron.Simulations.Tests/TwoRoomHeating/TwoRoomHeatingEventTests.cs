using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Core.Scheduling;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.TwoRoomHeating;

/// <summary>The levels of TwoRoomHeating event-driven: what each of them adds happens.</summary>
public sealed class TwoRoomHeatingEventTests
{
    private static EventDrivenRun Start(int level, IActionSource source, EventOptions options, params (string Name, object Value)[] parameters)
    {
        EnvironmentFactory factory = HeronEnvironments.AddTo(new EnvironmentRegistry())
            .Get($"TwoRoomHeating-v{level}").Configure(parameters.ToDictionary(p => p.Name, p => p.Value));
        return new EventDrivenRun(factory, source, options);
    }

    private static EventDrivenRun Start(int level, IActionSource source, params (string Name, object Value)[] parameters) => Start(level, source, new EventOptions(), parameters);

    // Heaters do nothing; whoever decides about the vent opens it by 0.3.
    private static ScriptedActions Vent(float opening) => new((agent, _) => agent switch
    {
        "building_ctrl" => [opening],
        "floor_ctrl" => [0, 0, opening],
        _ => [0],
    });

    private static IEnumerable<double> TimesOf(EventDrivenRun run, string agent) =>
        run.Decisions.Where(decision => decision.Agent == agent).Select(decision => decision.Time);

    [Fact]
    public void RunUntil_V0_HeatersActAtTheirRates()
    {
        EventDrivenRun run = Start(0, Vent(0));

        run.RunUntil(9.5);

        Assert.Equal([1.0, 2, 3, 4, 5, 6, 7, 8, 9], TimesOf(run, "heater_a"));
        Assert.Equal([3.0, 6, 9], TimesOf(run, "heater_b"));
    }

    // The same pushes of heat before the same runs of the physics: temperatures are those of step mode.
    [Fact]
    public void RunUntil_V0ConstantHeating_GivesTheRewardsOfStepMode()
    {
        EventDrivenRun run = Start(0, new ScriptedActions((agent, _) => [agent == "heater_a" ? 0.5f : 0.3f]));

        run.RunUntil(4.5);

        Assert.Equal([-3.224f, -2.512f, -1.832f, -1.209f], run.RewardsOf("heater_a"), (a, b) => Math.Abs(a - b) < 6e-4f);
        Assert.Equal([-4.1155f, -4.199f, -3.425f, -3.520f], run.RewardsOf("heater_b"), (a, b) => Math.Abs(a - b) < 6e-4f);
    }

    [Fact]
    public void RunUntil_V2_TheVentActsWhenItIsTold()
    {
        EventDrivenRun run = Start(2, Vent(0.3f));

        run.RunUntil(11);

        Assert.Equal([5.0, 10], TimesOf(run, "building_ctrl"));
        Assert.Equal([5.0, 10], TimesOf(run, "vent"));
        Assert.All(run.Decisions.Where(decision => decision.Agent == "vent"), decision => Assert.Equal([0.3f], decision.Continuous));
        Assert.Equal([-0.15f, -0.15f], run.RewardsOf("vent").Skip(4).Take(2));
        Assert.Equal(0, run.RewardsOf("vent").First());
    }

    [Fact]
    public void RunUntil_OverheatMonitors_WakeTheControllerAtMostEveryTwoSeconds()
    {
        EventDrivenRun run = Start(2, Vent(0), ("overheat_monitors", true), ("overheat_threshold", 20.0), ("initial_temperatures", new[] { 25.0, 18.0 }));

        run.RunUntil(6.5);

        string[] fired = [.. run.Events.Where(happened => happened.Kind == EventKind.ConditionTrigger).Select(happened => $"{happened.TimeSeconds} {happened.Name} {happened.AgentId}")];
        Assert.Equal(["1 overheat_a building_ctrl", "3 overheat_a building_ctrl", "5 overheat_a building_ctrl"], fired);
        Assert.Equal([1.0, 3, 5, 5], TimesOf(run, "building_ctrl"));
    }

    [Fact]
    public void RunUntil_V4_TheWeatherChangesThreeTimesAndIsBackAfterAReset()
    {
        EventDrivenRun run = Start(4, Vent(0));
        var ambient = new List<float>();

        foreach (double time in (double[])[9.5, 10.5, 30.5, 50.5])
        {
            run.RunUntil(time);
            ambient.Add(run.Scheduler.Metrics[1]);
        }

        run.Scheduler.Reset(0, disturbances: DisturbanceSchedule.None);
        run.RunUntil(12);

        Assert.Equal([15f, 10, 2, 12], ambient);
        Assert.Equal(15f, run.Scheduler.Metrics[1]);
        Assert.Equal(["cold_snap", "cold_snap", "heat_wave"], run.Events.Where(happened => happened.Kind == EventKind.EnvironmentUpdate).Select(happened => happened.Name));
    }

    [Fact]
    public void RunUntil_UnknownDisturbance_NamesThoseThereAre()
    {
        EventDrivenRun run = Start(4, Vent(0), new EventOptions { Disturbances = new DisturbanceSchedule([(1, new Disturbance("flood"))]) });

        ArgumentException error = Assert.Throws<ArgumentException>(() => run.RunUntil(2));

        Assert.Contains("'flood'; it knows cold_snap with ambient_drop and heat_wave with ambient_rise", error.Message, StringComparison.Ordinal);
    }

    // building_ctrl acts at 5 s, finds zone a above 20 °C and raises the alert; the push of heater_a at 6 s is lost.
    [Fact]
    public void RunUntil_V5_AnAlertTakesTheNextHeatAway()
    {
        (string, object)[] parameters = [("overheat_threshold", 20.0), ("initial_temperatures", new[] { 30.0, 18.0 }), ("disturbances", false)];
        var heat = new ScriptedActions((agent, _) => [agent == "heater_a" ? 0.5f : 0]);
        EventDrivenRun alerted = Start(5, heat, parameters), silent = Start(4, heat, parameters);

        alerted.RunUntil(5.5);
        silent.RunUntil(5.5);
        float[] before = [.. alerted.RewardsOf("heater_a")], without = [.. silent.RewardsOf("heater_a")];
        alerted.RunUntil(6.5);
        silent.RunUntil(6.5);

        EventInfo alert = Assert.Single(alerted.Events, happened => happened.Kind == EventKind.Custom);
        Assert.Equal(("overheat_alert", "heater_a", 5.0), (alert.Name, alert.AgentId, alert.TimeSeconds));
        Assert.Equal(without[..4], before[..4]);

        // One push of 0.5 * 2 °C less, of which the physics keeps 0.95 * 0.97.
        Assert.Equal(0.9215f, alerted.RewardsOf("heater_a").Last() - silent.RewardsOf("heater_a").Last(), 1e-3f);
    }

    [Fact]
    public void RunUntil_V6_EverythingIsLateAndNeverTheSame()
    {
        EventDrivenRun run = Start(6, Vent(0.3f));

        run.RunUntil(100);

        double[] delays = [.. run.Events.Where(happened => happened.Kind == EventKind.ActionEffect && happened.AgentId == "heater_a").Select(happened => happened.TimeSeconds)
            .Zip(run.Events.Where(happened => happened.Kind == EventKind.ObservationReady && happened.AgentId == "heater_a").Select(happened => happened.TimeSeconds), (effect, observed) => effect - observed)];
        Assert.True(delays.Length > 80);
        Assert.Equal(0.1, delays.Average(), 0.005);
        Assert.Equal(delays.Length, delays.Distinct().Count());
        Assert.NotEqual(TimesOf(run, "heater_a"), TimesOf(run, "vent"));
        Assert.All(run.Scheduler.Summarize().Agents, agent => Assert.InRange(agent.Rewards, 98, 100));
    }

    // floor_ctrl decides every 10 s; heaters and building_ctrl wake up then, and the vent after building_ctrl.
    [Fact]
    public void RunUntil_V7_DecisionsGoDownTwoLevels()
    {
        EventDrivenRun run = Start(7, Vent(0.3f));

        run.RunUntil(20.5);

        Assert.All((string[])["floor_ctrl", "heater_a", "heater_b", "building_ctrl", "vent"], agent => Assert.Equal([10.0, 20], TimesOf(run, agent)));
        Assert.Equal(["floor_ctrl", "heater_a", "heater_b", "building_ctrl", "vent"], run.Decisions.Take(5).Select(decision => decision.Agent));
        Assert.Equal([0.3f], run.Decisions[4].Continuous);

        // Rewards come from the leaves up.
        int[] order = [.. run.Rewards.Where(reward => reward.PhysicsSeconds == 1).Select(reward => reward.Agent)];
        Assert.True(Array.IndexOf(order, 4) < Array.IndexOf(order, 3) && Array.IndexOf(order, 3) < Array.IndexOf(order, 0), string.Join(", ", order));
    }
}

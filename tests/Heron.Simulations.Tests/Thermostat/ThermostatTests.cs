using Heron.Core.Environments;
using Heron.Core.Scheduling;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.Thermostat;

public sealed class ThermostatTests
{
    private static EnvironmentRun Start(params (string Name, object Value)[] parameters)
    {
        var run = new EnvironmentRun("Thermostat-v0", parameters);
        run.Reset();
        return run;
    }

    private static float Proportional(float[] observation) => Math.Clamp((observation[1] - observation[0]) / 5, -1, 1);

    [Fact]
    public void Spec_Default_HasTwoRoomsUnderABuilding()
    {
        EnvironmentSpec spec = Start().Spec;

        Assert.Equal(["room_a", "room_b"], spec.Agents.Select(agent => agent.Id));
        Assert.Equal(["system_agent", "building", "room_a", "room_b"], spec.Hierarchy.Select(node => node.Id));
        Assert.Equal("Box(-1, 1, (1,), float32)", spec.Agents[0].ActionSpace.ToString());
        Assert.Equal(
            ["room_temperature.temperature (°C)", "room_temperature.target (°C)", "room_a/room_temperature.temperature (°C)", "room_a/room_temperature.target (°C)"],
            spec.Agents[1].ObservationLabels);
    }

    // 20 + 2 * 0.4 = 20.8; 20.8 + 0.1 (15 - 20.8) = 20.22; equal rooms exchange nothing. The reference reports these four and the sum.
    [Fact]
    public void Step_ProportionalHeating_FollowsTheReference()
    {
        EnvironmentRun run = Start();
        var temperatures = new List<float>();
        double sum = 0;

        for (int step = 1; step <= 10; step++)
        {
            run.StepWith(Proportional(run.Observation("room_a")), Proportional(run.Observation("room_b")));
            temperatures.Add(run.Observation("room_a")[0]);
            sum += run.Rewards.Sum();
        }

        Assert.Equal(20.22f, temperatures[0], 1e-5f);
        Assert.Equal([20.40f, 20.47f, 20.48f], [temperatures[2], temperatures[5], temperatures[8]], (a, b) => Math.Abs(a - b) < 0.005f);
        Assert.Equal(-31.56, sum, 0.005);
    }

    [Fact]
    public void Step_DoingNothing_HasTheKnownReturn() => Assert.Equal(-333.8, ReturnOf(_ => 0), 0.05);

    // Full heat leaves 22 + 0.1 (15 - 22) = 21.3 after the first step. Afterwards x + 0.1 (15 - x) = 22 for x = 22.7777...
    [Fact]
    public void Step_BestActions_HaveTheKnownReturn()
    {
        double best = ReturnOf(observation => (float)Math.Min(1, (((22 - 1.5) / 0.9) - observation[0]) / 2));

        Assert.Equal(-1.4, best, 0.01);
    }

    // Room a: 20 + 2 = 22 -> 21.3; room b: 20 - 1 = 19 -> 18.6. Mean 19.95; a: 21.3 - 0.0675, b: 18.6 + 0.0675.
    [Fact]
    public void Step_UnlikeRooms_ExchangeHeat()
    {
        EnvironmentRun run = Start();

        run.StepWith(1f, -0.5f);

        Assert.Equal([21.2325f, 22f, 18.6675f, 22f], run.Observation("room_a"), (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal([18.6675f, 22f, 21.2325f, 22f], run.Observation("room_b"), (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal(-0.7675f, run.Rewards[0], 1e-5f);
        Assert.Equal((0.7675f + 3.3325f) / 2, run.Metric("mean_error"), 1e-5f);
    }

    // The same actions twice more, as the reference reports them.
    [Fact]
    public void Step_UnlikeRoomsThreeTimes_FollowsTheReference()
    {
        EnvironmentRun run = Start();
        var temperatures = new List<float>();

        for (int step = 1; step <= 3; step++)
        {
            run.StepWith(1f, -0.5f);
            temperatures.AddRange(run.Observation("room_a")[0], run.Observation("room_b")[0]);
        }

        Assert.Equal([21.2325f, 18.6675f, 22.2840f, 17.5260f, 23.1811f, 16.5479f], temperatures, (a, b) => Math.Abs(a - b) < 1e-4f);
    }

    [Fact]
    public void Step_HeatingForLong_StopsAt35Degrees()
    {
        EnvironmentRun run = Start(("outside_temperature", 60.0));

        for (int step = 0; step < 20; step++)
        {
            run.StepWith(1f, 1f);
        }

        Assert.Equal(35f, run.Observation("room_a")[0]);
    }

    [Fact]
    public void Reset_OtherParameters_StartsWithThem()
    {
        EnvironmentRun run = Start(("num_rooms", 3), ("initial_temperature", 17.0), ("target_temperature", 21.5));

        run.StepWith(1f, 1f, 1f);
        run.Reset();

        Assert.Equal([17f, 21.5f, 17f, 21.5f, 17f, 21.5f], run.Observation("room_c"));
    }

    // Tick 1.0, observation 1.05, effect 1.15: the physics of second 1 cools to 19.5 before the first effect, that of second 2 sees it.
    [Fact]
    public void RunUntil_EventDriven_ActsAfterItsDelays()
    {
        EnvironmentFactory factory = HeronEnvironments.AddTo(new EnvironmentRegistry()).Get("Thermostat-v0").Configure();
        var run = new EventDrivenRun(factory, new ScriptedActions((_, observation) => [Proportional(observation)]));

        run.RunUntil(2.5);

        Assert.Equal([1.15, 1.15, 2.15, 2.15], run.Decisions.Select(decision => decision.Time));

        // Seen at the tick, before the physics of the same instant; b sees a's own temperature the same way.
        Assert.Equal([20f, 22f, 20f, 22f], run.Decisions[0].Observation);
        float second = 19.5f + (2 * 0.4f) - (0.1f * (19.5f + 0.8f - 15));
        Assert.Equal([19.5f - 22, second - 22], run.RewardsOf("room_a"), (a, b) => Math.Abs(a - b) < 1e-4f);
        Assert.Equal(EndReason.TimeLimit, run.Scheduler.LastEndReason);
    }

    private static double ReturnOf(Func<float[], float> policy)
    {
        EnvironmentRun run = Start();
        double sum = 0;
        while (!run.IsOver)
        {
            run.StepWith(policy(run.Observation("room_a")), policy(run.Observation("room_b")));
            sum += run.Rewards.Sum();
        }

        return sum;
    }
}

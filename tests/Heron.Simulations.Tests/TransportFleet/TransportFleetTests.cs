using Heron.Core.Environments;
using Heron.Simulations.Tests.Shared;
using Heron.Simulations.TransportFleet;

namespace Heron.Simulations.Tests.TransportFleet;

public sealed class TransportFleetTests
{
    private const AgentFlags Asked = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
    private const AgentFlags NotAsked = AgentFlags.Alive | AgentFlags.Observed;

    private static EnvironmentRun Start(params (string Name, object Value)[] parameters)
    {
        var run = new EnvironmentRun("TransportFleet-v0", parameters);
        run.Reset();
        return run;
    }

    // A fleet without surprises, in an area with the given requests.
    private static EnvironmentFactory Area(int vehicles, params (double X, double Y)[] requests)
    {
        var points = default(DeliveryPoints);
        foreach ((double x, double y) in requests)
        {
            points.Add(x, y);
        }

        var parameters = new TransportFleetParameters { NumVehicles = vehicles, NewDelivery = 0, Breakdown = 0, InitialDeliveries = requests.Length };
        return TransportFleetEnvironment.Build(parameters, new Dictionary<string, object>(), new DeliveryArea(points, randomPoints: 0));
    }

    private static EnvironmentRun Start(EnvironmentFactory factory)
    {
        var run = new EnvironmentRun(factory);
        run.Reset();
        return run;
    }

    [Fact]
    public void Spec_Default_HasThreeVehiclesUnderADepotThatWatches()
    {
        EnvironmentSpec spec = Start().Spec;

        Assert.Equal(["depot", "vehicle_0", "vehicle_1", "vehicle_2"], spec.Agents.Select(agent => agent.Id));
        Assert.Equal([20, 6, 6, 6], spec.Agents.Select(agent => agent.ObservationSpace.Length));
        Assert.Equal(["Discrete(1)", "Box(-1, 1, (2,), float32)"], spec.Agents.Take(2).Select(agent => agent.ActionSpace.ToString()));
        Assert.Equal(
            ["depot_status.total_deliveries", "depot_status.pending_requests", "vehicle_0/vehicle_status.x", "vehicle_0/vehicle_status.y"],
            spec.Agents[0].ObservationLabels.Take(4));
        Assert.Equal(100, spec.MaxEpisodeSteps);
    }

    [Fact]
    public void Reset_Default_HasFuelAndPendingRequests()
    {
        EnvironmentRun run = Start();

        Assert.Equal([0f, 0, 100, 0, 0, 0], run.Observation("vehicle_2"));
        Assert.Equal([0f, 3], run.Observation("depot")[..2]);
    }

    // 0.1 of fuel and one delivery: 1 / max(0.1, 1) for the vehicle and 1 for the depot, in the step in which it happens.
    [Fact]
    public void Step_RequestNearTheDepot_IsServedAndPaidAtOnce()
    {
        EnvironmentRun run = Start(Area(1, (0.5, 0)));

        run.StepWith(0.1f, 0f);

        Assert.Equal([0.1f, 0, 99.9f, 1, 0, 0], run.Observation("vehicle_0"), (a, b) => Math.Abs(a - b) < 1e-5f);
        Assert.Equal([1f, 0], run.Observation("depot")[..2]);
        Assert.Equal([1f, 1], run.Rewards);
        Assert.Equal([1f, 0, 0], run.Metrics);

        run.StepWith(0.1f, 0f);

        Assert.Equal([0f, 0], run.Rewards);
    }

    // The way of (1, 1) is 1.414: a delivery on it is worth 1 / 1.414.
    [Fact]
    public void Step_LongWay_MakesTheDeliveryWorthLess()
    {
        EnvironmentRun run = Start(Area(1, (2, 2)));

        run.StepWith(1f, 1f);

        Assert.Equal(0.70711f, run.Rewards[1], 1e-5f);
        Assert.Equal(98.58579f, run.Observation("vehicle_0")[2], 1e-4f);
    }

    [Fact]
    public void Step_TwoVehiclesAtOneRequest_TheFirstServesIt()
    {
        EnvironmentRun run = Start(Area(2, (0, 0), (0, 0.5), (9, 9)));

        run.StepWith(0f, 0, 0, 0);
        Assert.Equal([2f, 1, 1], run.Rewards);

        run.StepWith(0f, 0, 0, 0);
        Assert.Equal([2f, 1], run.Observation("depot")[..2]);
    }

    [Fact]
    public void Step_EmptyTank_StandsStillAndServesNobody()
    {
        EnvironmentRun run = Start(("fuel", 0.5), ("num_vehicles", 1), ("new_delivery", 1.0), ("breakdown", 0.0), ("initial_deliveries", 0));

        run.StepWith(1f, 0f);
        float[] empty = run.Observation("vehicle_0");
        for (int step = 0; step < 60; step++)
        {
            run.StepWith(-1f, 1f);
        }

        Assert.Equal([1f, 0, 0], empty[..3]);
        Assert.Equal(empty, run.Observation("vehicle_0"));
        Assert.Equal(61f, run.Metric("pending_requests"));
    }

    [Fact]
    public void Step_Breakdown_LastsAndCosts()
    {
        EnvironmentRun run = Start(("breakdown", 1.0), ("num_vehicles", 1));

        run.StepWith(0.5f, 0f);
        run.StepWith(0.5f, 0f);

        Assert.Equal([0.5f, 0, 99.5f, 0, 0, 1], run.Observation("vehicle_0"));
        Assert.Equal(-0.1f, run.Rewards[1]);
        Assert.Equal(1f, run.Metric("broken_vehicles"));

        run.Reset(1);
        Assert.Equal([0f, 0, 100, 0, 0, 0], run.Observation("vehicle_0"));
    }

    [Fact]
    public void Reset_NewEpisode_ForgetsWhatWasPaid()
    {
        EnvironmentRun run = Start(Area(1, (0.5, 0)));
        run.StepWith(0.1f, 0f);

        run.Reset();
        run.StepWith(0.1f, 0f);

        Assert.Equal([1f, 1], run.Rewards);
    }

    [Fact]
    public void Configure_JointDispatch_LetsTheDepotDecideForEachVehicle()
    {
        EnvironmentRun run = Start(("dispatch", "joint"), ("num_vehicles", 2));
        Assert.Equal(["vehicle_0/dx", "vehicle_0/dy", "vehicle_1/dx", "vehicle_1/dy"], run.Spec.Agents[0].ActionLabels);
        Assert.Equal([Asked, NotAsked, NotAsked], run.Flags);

        run.StepWith(0.5f, 0, 0, -0.25f);

        Assert.Equal([0.5f, 0], run.Observation("vehicle_0")[..2]);
        Assert.Equal([0, -0.25f], run.Observation("vehicle_1")[..2]);
    }

    [Fact]
    public void Configure_BroadcastDispatch_SendsAllVehiclesTheSameWay()
    {
        EnvironmentRun run = Start(("dispatch", "broadcast"));

        run.StepWith(0.5f, -0.5f);

        Assert.All(run.Spec.Agents.Skip(1), vehicle => Assert.Equal([0.5f, -0.5f], run.Observation(vehicle.Id)[..2]));
    }

    // Event-driven the same worked case: tick, effect and physics at 1 s, the reward with it.
    [Fact]
    public void RunUntil_EventDriven_PaysTheSame()
    {
        var run = new EventDrivenRun(Area(1, (0.5, 0)), new ScriptedActions((agent, _) => agent == "depot" ? [0] : [0.1f, 0]));

        run.RunUntil(2.5);

        Assert.Equal([1f, 0], run.RewardsOf("vehicle_0"));
        Assert.Equal([1f, 0], run.RewardsOf("depot"));
    }
}

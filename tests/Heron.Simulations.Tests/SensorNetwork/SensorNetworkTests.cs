using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.SensorNetwork;

public sealed class SensorNetworkTests
{
    private static EnvironmentRun Start(params (string Name, object Value)[] parameters)
    {
        var run = new EnvironmentRun("SensorNetwork-v0", parameters);
        run.Reset();
        return run;
    }

    [Fact]
    public void Spec_Default_HasFiveSensorsUnderACoordinatorThatWatches()
    {
        EnvironmentSpec spec = Start().Spec;

        Assert.Equal(["sensor_coordinator", "sensor_0", "sensor_1", "sensor_2", "sensor_3", "sensor_4"], spec.Agents.Select(agent => agent.Id));
        Assert.Equal([15, 3, 3, 3, 3, 3], spec.Agents.Select(agent => agent.ObservationSpace.Length));
        Assert.Equal("Discrete(2)", spec.Agents[1].ActionSpace.ToString());
        Assert.Equal("Discrete(1)", spec.Agents[0].ActionSpace.ToString());
        Assert.Equal(["sensor_reading.signal_strength", "sensor_reading.detection", "sensor_reading.neighbor_avg_detection (fraction)"], spec.Agents[1].ObservationLabels);
        Assert.Equal(50, spec.MaxEpisodeSteps);
    }

    // Signal above 0.5: 1 and 0 for report and silence; else -1 and 0.5. Random play meets all four cases.
    [Fact]
    public void Step_RandomReports_AreRewardedByTheSignalAfterTheStep()
    {
        EnvironmentRun run = Start();
        var random = new RandomStream(2);
        var cases = new HashSet<float>();

        while (!run.IsOver)
        {
            run.SampleActions(ref random);
            run.Step();
            for (int i = 1; i < run.Spec.Agents.Count; i++)
            {
                float[] seen = run.Observation(run.Spec.Agents[i].Id);
                Assert.Equal(run.Discrete[i], seen[1]);
                Assert.Equal((seen[0] > 0.5f, seen[1]) switch { (true, 1) => 1f, (false, 1) => -1f, (false, _) => 0.5f, _ => 0f }, run.Rewards[i]);
                cases.Add(run.Rewards[i]);
            }

            Assert.Equal(run.Rewards.Skip(1).Sum(), run.Rewards[0]);
            Assert.Equal(run.Rewards.Skip(1).Count(reward => reward == 1), run.Metric("hits"));
            Assert.Equal(run.Rewards.Skip(1).Count(reward => reward == -1), run.Metric("false_alarms"));
            Assert.Equal(run.Rewards.Skip(1).Count(reward => reward == 0), run.Metric("misses"));
        }

        Assert.Equal(4, cases.Count);
    }

    [Fact]
    public void Step_OneReportAmongAll_IsAQuarterOfWhatTheOthersHear()
    {
        EnvironmentRun run = Start(("connectivity", 1.0));

        run.StepWith(0, 1, 0, 0, 0, 0);

        Assert.Equal([0f, 0.25f, 0.25f, 0.25f, 0.25f], Enumerable.Range(0, 5).Select(i => run.Observation($"sensor_{i}")[2]));
        Assert.Equal(Enumerable.Range(0, 5).SelectMany(i => run.Observation($"sensor_{i}")), run.Observation("sensor_coordinator"));
    }

    [Fact]
    public void Step_SharedSignals_AreThoseOfTheNeighbours()
    {
        EnvironmentRun run = Start(("share_signals", true), ("graph_seed", 3));
        run.StepWith(0, 1, 1, 1, 1, 1);
        run.StepWith(0, 1, 1, 1, 1, 1);

        foreach (AgentSpec sensor in run.Spec.Agents.Skip(1))
        {
            string[] neighbors = [.. sensor.ObservationLabels.Skip(3).Select(label => label.Split('.')[^2])];
            Assert.NotEmpty(neighbors);
            Assert.Equal(neighbors.Select(id => run.Observation(id)[0]), run.Observation(sensor.Id).Skip(3));
        }
    }

    [Fact]
    public void Reset_Seed_SettlesTheSignals()
    {
        EnvironmentRun first = Start(), second = Start();
        first.Reset(8);
        second.Reset(8);
        var third = new EnvironmentRun("SensorNetwork-v0");
        third.Reset(9);

        for (int step = 0; step < 10; step++)
        {
            first.StepWith(0, 0, 0, 0, 0, 0);
            second.StepWith(0, 0, 0, 0, 0, 0);
            third.StepWith(0, 0, 0, 0, 0, 0);
        }

        Assert.Equal(first.Observations, second.Observations);
        Assert.NotEqual(first.Observations, third.Observations);
    }
}

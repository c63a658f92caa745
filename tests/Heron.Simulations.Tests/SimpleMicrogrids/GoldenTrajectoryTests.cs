using System.Text.Json;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.SimpleMicrogrids;

public sealed class GoldenTrajectoryTests
{
    private const double MaxPowerMw = 5;

    [Theory]
    [InlineData("t4_a")]
    [InlineData("t4_b")]
    [InlineData("t4_c")]
    public void Step_RecordedActions_FollowsTheReference(string name)
    {
        using JsonDocument golden = Read(name);
        JsonElement tolerance = golden.RootElement.GetProperty("tolerance");
        double observationTolerance = tolerance.GetProperty("obs").GetDouble();
        EnvironmentRun run = Start(golden, maxEpisodeSteps: 1_000_000);

        AssertObservations(golden.RootElement.GetProperty("initial_obs"), run, observationTolerance, "reset");
        foreach (JsonElement step in golden.RootElement.GetProperty("steps").EnumerateArray())
        {
            string where = $"{name}, step {step.GetProperty("t")}";
            Act(run, step);

            AssertObservations(step.GetProperty("obs"), run, observationTolerance, where);
            AssertDevices(step, tolerance, run, where);
            foreach (string metric in (string[])["cost", "safety", "frequency_hz"])
            {
                AssertNear(step.GetProperty(metric).GetDouble(), run.Metric(metric), tolerance.GetProperty(metric).GetDouble(), $"{where}, {metric}");
            }

            double reward = step.GetProperty("reward_each").GetDouble();
            Assert.All(run.Rewards, actual => AssertNear(reward, actual, tolerance.GetProperty("reward_each").GetDouble(), $"{where}, reward"));
        }
    }

    [Theory]
    [InlineData("t4_a")]
    [InlineData("t4_b")]
    public void Step_RecordedEpisodeLength_EndsWithTheReference(string name)
    {
        using JsonDocument golden = Read(name);
        EnvironmentRun run = Start(golden, golden.RootElement.GetProperty("parameters").GetProperty("max_episode_steps").GetInt32());

        foreach (JsonElement step in golden.RootElement.GetProperty("steps").EnumerateArray().TakeWhile(_ => !run.IsOver))
        {
            Act(run, step);

            Assert.Equal(step.GetProperty("done").GetBoolean(), run.IsOver);
        }
    }

    private static JsonDocument Read(string name) =>
        JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "simple_microgrids", name + ".json")));

    private static EnvironmentRun Start(JsonDocument golden, int maxEpisodeSteps)
    {
        JsonElement parameters = golden.RootElement.GetProperty("parameters");
        var run = new EnvironmentRun(
            "SimpleMicrogrids-v0",
            ("num_microgrids", parameters.GetProperty("num_microgrids").GetInt32()),
            ("max_episode_steps", maxEpisodeSteps),
            ("penalty", parameters.GetProperty("penalty").GetDouble()),
            ("loads", parameters.GetProperty("loads_mw").EnumerateArray().Select(load => load.GetDouble()).ToArray()));
        run.Reset();
        return run;
    }

    private static void Act(EnvironmentRun run, JsonElement step) =>
        run.StepWith([.. run.Spec.Agents.Select(agent => step.GetProperty("action").GetProperty(agent.Id).GetSingle())]);

    private static void AssertObservations(JsonElement expected, EnvironmentRun run, double tolerance, string where)
    {
        foreach (JsonProperty agent in expected.EnumerateObject())
        {
            float[] actual = run.Observation(agent.Name);
            for (int i = 0; i < actual.Length; i++)
            {
                AssertNear(agent.Value[i].GetDouble(), actual[i], tolerance, $"{where}, {agent.Name}[{i}]");
            }
        }
    }

    private static void AssertDevices(JsonElement step, JsonElement tolerance, EnvironmentRun run, string where)
    {
        for (int i = 0; i < step.GetProperty("soc").GetArrayLength(); i++)
        {
            AssertNear(step.GetProperty("soc")[i].GetDouble(), run.Observation($"mg_{i}_bat")[0], tolerance.GetProperty("soc").GetDouble(), $"{where}, soc {i}");
            AssertNear(step.GetProperty("p_mw")[i].GetDouble(), run.Observation($"mg_{i}_gen")[0] * MaxPowerMw, tolerance.GetProperty("p_mw").GetDouble(), $"{where}, p {i}");
        }
    }

    private static void AssertNear(double expected, double actual, double tolerance, string where) =>
        Assert.True(Math.Abs(expected - actual) <= tolerance, $"{where}: expected {expected} +- {tolerance}, got {actual}");
}

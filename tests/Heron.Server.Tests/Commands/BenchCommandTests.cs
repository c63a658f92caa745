using System.Text.Json;
using Heron.Server.Commands;
using static Heron.Server.Tests.Shared.CommandRun;

namespace Heron.Server.Tests.Commands;

public class BenchCommandTests
{
    [Fact]
    public async Task Bench_Json_MeasuresEveryArea()
    {
        (int code, string output, string error) = await RunAsync("bench", "--seconds", "0.01", "--json");

        using JsonDocument report = JsonDocument.Parse(output);
        JsonElement[] figures = [.. report.RootElement.GetProperty("figures").EnumerateArray()];
        Assert.Equal((0, ""), (code, error));
        Assert.Equal("SimpleMicrogrids-v0", report.RootElement.GetProperty("env_id").GetString());
        Assert.Equal(["environments", "events", "learner", "wire"], figures.Select(figure => figure.GetProperty("area").GetString()!).Distinct().Order());
        Assert.All(figures, figure => Assert.True(figure.GetProperty("per_second").GetDouble() > 0));
        Assert.All(figures, figure => Assert.True(figure.GetProperty("best_per_second").GetDouble() >= figure.GetProperty("per_second").GetDouble()));
    }

    [Fact]
    public async Task Bench_StepOfOneCopy_CountsOneStepPerCall()
    {
        (_, string output, _) = await RunAsync("bench", "--seconds", "0.01", "--only", "environments", "--json");

        using JsonDocument report = JsonDocument.Parse(output);
        JsonElement one = report.RootElement.GetProperty("figures")[0];
        Assert.Equal("step, 1 copy, 1 thread", one.GetProperty("work").GetString());
        Assert.Equal(1e6, one.GetProperty("per_second").GetDouble() * one.GetProperty("microseconds_per_call").GetDouble(), precision: 3);
    }

    [Fact]
    public async Task Bench_AgentsThatActAtDifferentRates_StepsThemOverTheWire()
    {
        (int code, string output, string error) = await RunAsync("bench", "--env", "Probe-v0", "--seconds", "0.01", "--only", "wire");

        Assert.Equal((0, ""), (code, error));
        Assert.Contains("unary Step, 1 copy", output);
        Assert.Contains("StepStream, 1024 copies", output);
        Assert.DoesNotContain("PPO update", output);
    }

    [Fact]
    public async Task Bench_Events_CountsEventsAndAgentTicks()
    {
        (_, string output, _) = await RunAsync("bench", "--env", "Thermostat-v0", "--seconds", "0.01", "--only", "events", "--json");

        using JsonDocument report = JsonDocument.Parse(output);
        (string Work, string Unit)[] figures = [.. report.RootElement.GetProperty("figures").EnumerateArray()
            .Select(figure => (figure.GetProperty("work").GetString()!, figure.GetProperty("unit").GetString()!))];
        Assert.Equal(
            [("schedules of the environment", "events"), ("schedules of the environment", "agent ticks"), ("delays and jitter everywhere", "events"), ("delays and jitter everywhere", "agent ticks")],
            figures);
    }

    [Fact]
    public async Task Bench_EventsOfAnEnvironmentWithoutAgentTree_SaysSo()
    {
        (int code, string output, string error) = await RunAsync("bench", "--env", "MultiAgentArena-v0", "--seconds", "0.01", "--only", "events");

        Assert.Equal((2, ""), (code, output));
        Assert.Contains("no events to measure", error);
    }

    [Theory]
    [InlineData("--seconds", "0", "--seconds is '0'; it takes a number from 0.01 to 3600.")]
    [InlineData("--only", "disk", "--only is 'disk'; it takes one of environments, events, wire, learner.")]
    [InlineData("--env", "Nowhere-v0", "There is no environment 'Nowhere-v0'.")]
    [InlineData("--param", "num_microgrids=0", "num_microgrids")]
    public async Task Bench_WrongOption_SaysWhatIsAllowed(string option, string value, string message)
    {
        (int code, string output, string error) = await RunAsync("bench", option, value);

        Assert.Equal((2, ""), (code, output));
        Assert.Contains(message, error);
    }

    [Fact]
    public async Task Bench_Interrupted_EndsWith130()
    {
        (int code, string output, _) = await RunAsync(interruption => interruption.Stop(ExitCodes.Interrupted), "bench", "--seconds", "3600");

        Assert.Equal((ExitCodes.Interrupted, ""), (code, output));
    }
}

using System.Text.Json;
using Heron.Simulations.Tests.Shared;

namespace Heron.Simulations.Tests.TwoRoomHeating;

public sealed class GoldenTemperaturesTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Step_RecordedActions_FollowsTheReference(int index)
    {
        using JsonDocument golden = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "two_room_heating", "two_room.json")));
        JsonElement recorded = golden.RootElement.GetProperty("cases")[index];
        double tolerance = golden.RootElement.GetProperty("tolerance").GetDouble();
        var run = new EnvironmentRun(recorded.GetProperty("level").GetString()!);
        run.Reset();

        foreach (JsonElement step in recorded.GetProperty("steps").EnumerateArray())
        {
            JsonElement action = step.GetProperty("action"), temperature = step.GetProperty("temperature");
            run.StepWith(action.GetProperty("heater_a").GetSingle(), action.GetProperty("heater_b").GetSingle());

            Assert.Equal(temperature.GetProperty("heater_a").GetDouble(), run.Observation("heater_a")[0], tolerance);
            Assert.Equal(temperature.GetProperty("heater_b").GetDouble(), run.Observation("heater_b")[0], tolerance);
        }
    }
}

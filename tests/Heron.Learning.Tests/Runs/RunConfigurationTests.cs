using System.Text.Json.Nodes;
using Heron.Learning.Checkpoints;
using Heron.Learning.Models;
using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;
using Heron.Learning.Runs;
using Heron.Learning.Training;

namespace Heron.Learning.Tests.Runs;

public class RunConfigurationTests
{
    private static readonly RunConfiguration Example = new()
    {
        StartedAt = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(1)),
        Preset = "fast",
        CheckpointInterval = 7,
        Training = new TrainingOptions
        {
            EnvironmentId = "Probe-v0",
            Parameters = new Dictionary<string, object> { ["flag"] = true, ["number"] = 2.5, ["text"] = "near", ["list"] = new double[] { 1, 2.5 } },
            Seed = uint.MaxValue,
            PolicyMapping = PolicyMappingMode.Groups,
            PolicyGroups = new Dictionary<string, IReadOnlyList<string>> { ["all"] = ["*"] },
            ActionMapping = ActionMappingMode.Clip,
            Model = new ModelOptions { HiddenSizes = [5], Activation = Activation.Relu },
            Ppo = new PpoOptions { LearningRate = 0.1f, GradientClip = 0.5f },
        },
    };

    [Fact]
    public void Parse_OfItsOwnJson_GivesTheSameConfiguration()
    {
        string json = Example.ToJson();

        RunConfiguration parsed = RunConfiguration.Parse(json, "config.json");

        Assert.Equal(json, parsed.ToJson());
        Assert.Equal(Example.Training.Ppo, parsed.Training.Ppo);
        Assert.Equal(Example.Training.Parameters, parsed.Training.Parameters);
        Assert.Equal(Example.StartedAt, parsed.StartedAt);
    }

    [Fact]
    public void ToJson_EveryOption_IsThere()
    {
        JsonObject training = JsonNode.Parse(Example.ToJson())!["training"]!.AsObject();

        Assert.Equal("clip", (string?)training["action_mapping"]);
        Assert.Equal(4_294_967_295, (long)training["seed"]!);
        Assert.Equal(0.1f, (float)training["ppo"]!["learning_rate"]!);
        Assert.Equal(1, (float)training["ppo"]!["lambda"]!);
    }

    [Fact]
    public void Parse_UnknownOption_NamesFileAndOption()
    {
        string json = Example.ToJson().Replace("\"preset\"", "\"momentum\"", StringComparison.Ordinal);

        CheckpointException exception = Assert.Throws<CheckpointException>(() => RunConfiguration.Parse(json, "run/config.json"));

        Assert.Contains("run/config.json", exception.Message);
        Assert.Contains("momentum", exception.Message);
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1, 2]")]
    public void Parse_SomethingElse_NamesTheFile(string json) =>
        Assert.Contains("config.json", Assert.Throws<CheckpointException>(() => RunConfiguration.Parse(json, "config.json")).Message);
}

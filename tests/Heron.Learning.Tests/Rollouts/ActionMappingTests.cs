using Heron.Core.Environments;
using Heron.Core.Spaces;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Tests.Rollouts;

/// <summary>The numbers are those of the Python client's <c>normalize_actions</c>.</summary>
public sealed class ActionMappingTests
{
    private static readonly EnvironmentSpec Spec = new("Boxes-v0",
    [
        Agent("bounded", new BoxSpace([0, -1], [1, 3])),
        Agent("half_open", new BoxSpace([0, 0], [1, float.PositiveInfinity])),
        Agent("mixed", new MixedSpace(new BoxSpace(2, 4), new MultiDiscreteSpace(3, 2))),
        Agent("discrete", new DiscreteSpace(4)),
    ]);

    [Theory]
    [InlineData(ActionMappingMode.Rescale, "Box(-1, 1, (2,), float32)", "Box([0, 0], [1, Infinity], (2,), float32)", "Dict(c: Box(-1, 1, (1,), float32), d: MultiDiscrete([3, 2]))")]
    [InlineData(ActionMappingMode.Clip, "Box(-1, 1, (2,), float32)", "Box(-1, 1, (2,), float32)", "Dict(c: Box(-1, 1, (1,), float32), d: MultiDiscrete([3, 2]))")]
    [InlineData(ActionMappingMode.Off, "Box([0, -1], [1, 3], (2,), float32)", "Box([0, 0], [1, Infinity], (2,), float32)", "Dict(c: Box(2, 4, (1,), float32), d: MultiDiscrete([3, 2]))")]
    public void PolicySpace_OfEachMode_ShowsUnitBoxesWhereItMaps(ActionMappingMode mode, string bounded, string halfOpen, string mixed)
    {
        var mapping = new ActionMapping(Spec, mode);

        Assert.Equal([bounded, halfOpen, mixed, "Discrete(4)"], Enumerable.Range(0, 4).Select(agent => mapping.PolicySpace(agent).ToString()));
    }

    [Theory]
    [InlineData(ActionMappingMode.Rescale, 0, new[] { 0f, -0.5f }, new[] { 0.5f, 0f })]
    [InlineData(ActionMappingMode.Rescale, 0, new[] { -3f, 3f }, new[] { 0f, 3f })]
    [InlineData(ActionMappingMode.Rescale, 1, new[] { -3f, 3f }, new[] { -3f, 3f })]
    [InlineData(ActionMappingMode.Rescale, 2, new[] { 0.5f }, new[] { 3.5f })]
    [InlineData(ActionMappingMode.Clip, 0, new[] { -0.25f, -2f }, new[] { 0f, -1f })]
    [InlineData(ActionMappingMode.Clip, 0, new[] { 0.25f, 9f }, new[] { 0.25f, 3f })]
    [InlineData(ActionMappingMode.Clip, 1, new[] { -3f, 3f }, new[] { 0f, 3f })]
    [InlineData(ActionMappingMode.Off, 0, new[] { -3f, 9f }, new[] { -3f, 9f })]
    public void Map_OfEachMode_ScalesAndClips(ActionMappingMode mode, int agent, float[] given, float[] expected)
    {
        var mapping = new ActionMapping(Spec, mode);
        float[] action = new float[given.Length];

        mapping.Map(agent, given, action);

        Assert.Equal(expected, action);
    }

    [Fact]
    public void Constructor_UnknownMode_Throws() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ActionMapping(Spec, (ActionMappingMode)7));

    private static AgentSpec Agent(string id, Space action) => new(id, AgentLevel.Field, null, new BoxSpace(-1, 1), action);
}

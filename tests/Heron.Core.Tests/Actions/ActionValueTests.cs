using System.Text.Json;
using Heron.Core.Actions;
using Heron.Core.Randomness;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Actions;

public sealed class ActionValueTests
{
    private static readonly MixedSpace Mixed = new(new BoxSpace(-1, 1, 2), new MultiDiscreteSpace(4));

    private static readonly JsonElement Golden = Read();

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Golden.GetProperty("cases").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Operations_RecordedCase_GiveTheSameNumbers(int index)
    {
        JsonElement golden = Golden.GetProperty("cases")[index];
        double tolerance = Golden.GetProperty("tolerance").GetDouble();
        var action = new ActionValue(SpaceOf(golden.GetProperty("spec")));

        foreach (JsonElement step in golden.GetProperty("ops").EnumerateArray())
        {
            float[] argument = step.GetProperty("arg") is { ValueKind: JsonValueKind.Array } numbers ? Floats(numbers) : [];
            float[] scaled = Apply(action, step.GetProperty("op").GetString()!, argument);

            AssertNear(Floats(step.GetProperty("c")), action.Continuous.ToArray(), tolerance);
            Assert.Equal(Floats(step.GetProperty("d")), action.Discrete.ToArray().Select(category => (float)category));
            if (step.TryGetProperty("scaled", out JsonElement expected))
            {
                AssertNear(Floats(expected), scaled, tolerance);
            }
        }
    }

    [Fact]
    public void SetFlat_FractionsOfACategory_CutsThemOff()
    {
        var action = new ActionValue(new MultiDiscreteSpace(3, 5));

        Assert.Equal([1, 3], action.SetFlat(1.9f, 3.7f).Discrete);
        Assert.Equal([0, 4], action.SetFlat(-7, 3e9f).Discrete);
    }

    [Fact]
    public void SetContinuous_OfAMixedAction_LeavesTheCategories()
    {
        ActionValue action = new ActionValue(Mixed).SetFlat(1, -0.5f, 2.9f);

        action.SetContinuous(2, 0);

        Assert.Equal([1, 0, 2], action.ToVector());
    }

    [Fact]
    public void Set_WrongLengths_NamesThem()
    {
        var action = new ActionValue(Mixed);

        Assert.Contains("has 2 continuous numbers; got 1", Assert.Throws<ArgumentException>(() => action.SetContinuous(1)).Message, StringComparison.Ordinal);
        Assert.Contains("has 1 categories; got 2", Assert.Throws<ArgumentException>(() => action.SetDiscrete(1, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("has 3 numbers; got 2", Assert.Throws<ArgumentException>(() => action.SetFlat(1, 2)).Message, StringComparison.Ordinal);
        Assert.Contains("has 1 categories; got 0", Assert.Throws<ArgumentException>(() => action.Set([1, 1], [])).Message, StringComparison.Ordinal);
        Assert.Contains("has 2 continuous numbers; got 3", Assert.Throws<ArgumentException>(() => action.Unscale(1, 1, 1)).Message, StringComparison.Ordinal);
        Assert.Equal([0, 0, 0], action.ToVector());
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.NegativeInfinity)]
    public void Set_NotANumber_IsRefusedAndChangesNothing(float value)
    {
        ActionValue action = new ActionValue(Mixed).SetFlat(0.5f, 0.5f, 1);

        Assert.Throws<ArgumentException>(() => action.SetContinuous(1, value));
        Assert.Throws<ArgumentException>(() => action.SetFlat(1, 1, value));
        Assert.Throws<ArgumentException>(() => action.Unscale(1, value));

        Assert.Equal([0.5f, 0.5f, 1], action.ToVector());
    }

    [Fact]
    public void Unscale_BeyondTheScale_IsClipped() =>
        Assert.Equal([10, -1], new ActionValue(new BoxSpace([0, -1], [10, 1])).Unscale(2, -3).Continuous);

    [Theory]
    [InlineData(5, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.PositiveInfinity)]
    public void Scale_WithoutBounds_AsksForThem(float low, float high)
    {
        var action = new ActionValue(new BoxSpace(low, high));

        Assert.Contains("has no finite bounds", Assert.Throws<InvalidOperationException>(action.Scale).Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => action.Unscale(0));
    }

    [Fact]
    public void Reset_HalfBounded_IsTheNumberNearestToZero() =>
        Assert.Equal([5], new ActionValue(new BoxSpace(5, float.PositiveInfinity)).Continuous);

    [Fact]
    public void Sample_SameSeed_GivesTheSameActionWithinTheSpace()
    {
        var one = new RandomStream(7);
        var other = new RandomStream(7);

        ActionValue first = new ActionValue(Mixed).Sample(ref one);
        ActionValue again = new ActionValue(Mixed).Sample(ref other);
        ActionValue next = new ActionValue(Mixed).Sample(ref other);

        Assert.Equal(first.ToVector(), again.ToVector());
        Assert.NotEqual(first.ToVector(), next.ToVector());
        Assert.True(Mixed.Contains(first.Continuous, first.Discrete));
    }

    [Fact]
    public void Copy_ThenChanged_LeavesTheOriginal()
    {
        ActionValue action = new ActionValue(Mixed).SetFlat(0.5f, 0.25f, 3);

        ActionValue copy = action.Copy();
        action.Reset();

        Assert.Equal("[0.5, 0.25, 3]", copy.ToString());
    }

    public static TheoryData<float[], float[], int[], string> Parts => new()
    {
        { [0, 0], [1, 2], [], "Box([0, 0], [1, 2], (2,), float32)" },
        { [], [], [5], "Discrete(5)" },
        { [], [], [3, 4], "MultiDiscrete([3, 4])" },
        { [0], [1], [3], "Dict(c: Box(0, 1, (1,), float32), d: MultiDiscrete([3]))" },
        { [], [], [], "Discrete(1)" },
    };

    [Theory]
    [MemberData(nameof(Parts))]
    public void Space_OfParts_HasThemAgain(float[] low, float[] high, int[] heads, string expected)
    {
        Space space = Space.Of(low, high, heads);

        Assert.Equal(expected, space.ToString());
        Assert.Equal(low, Enumerable.Range(0, space.ContinuousLength).Select(space.Low));
        Assert.Equal(high, Enumerable.Range(0, space.ContinuousLength).Select(space.High));
        Assert.Equal(heads.Length + low.Length == 0 ? [1] : heads, space.HeadSizes.ToArray());
    }

    [Fact]
    public void Space_OfPartsWithLowestAlone_IsRefused() =>
        Assert.Contains("as many highest as lowest", Assert.Throws<ArgumentException>(() => Space.Of([0], [])).Message, StringComparison.Ordinal);

    private static float[] Apply(ActionValue action, string operation, float[] argument)
    {
        switch (operation)
        {
            case "reset":
                action.Reset();
                return [];
            case "set":
                action.SetFlat(argument);
                return [];
            case "set_c":
                action.SetContinuous(argument);
                return [];
            case "set_d":
                action.SetDiscrete([.. argument.Select(category => (int)category)]);
                return [];
            case "scale":
                return action.Scale();
            default:
                Assert.Equal("unscale", operation);
                action.Unscale(argument);
                return [];
        }
    }

    private static Space SpaceOf(JsonElement spec)
    {
        float[][] range = spec.TryGetProperty("range", out JsonElement bounds) ? [Floats(bounds[0]), Floats(bounds[1])] : [[], []];
        int[] heads = spec.TryGetProperty("ncats", out JsonElement sizes) ? [.. sizes.EnumerateArray().Select(size => size.GetInt32())] : [];
        return Space.Of(range[0], range[1], heads);
    }

    private static float[] Floats(JsonElement numbers) => [.. numbers.EnumerateArray().Select(number => number.GetSingle())];

    private static void AssertNear(float[] expected, float[] actual, double tolerance) =>
        Assert.Equal(expected, actual, (one, other) => Math.Abs(one - other) <= tolerance);

    private static JsonElement Read()
    {
        using JsonDocument file = JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "actions", "actions.json")));
        return file.RootElement.Clone();
    }
}

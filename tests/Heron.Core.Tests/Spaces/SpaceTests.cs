using Heron.Core.Randomness;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Spaces;

public sealed class SpaceTests
{
    public static TheoryData<Space, int, int[], int, string> Kinds => new()
    {
        { new BoxSpace(-1, 2, 3), 3, [], 0, "Box(-1, 2, (3,), float32)" },
        { new BoxSpace([0, -0.5f], [1, float.PositiveInfinity]), 2, [], 0, "Box([0, -0.5], [1, Infinity], (2,), float32)" },
        { new BoxSpace([0, 0, 0, 0], [1, 1, 1, 1], [2, 2]), 4, [], 0, "Box(0, 1, (2, 2), float32)" },
        { new BoxSpace([0], [1], []), 1, [], 0, "Box(0, 1, (), float32)" },
        { new DiscreteSpace(4), 0, [4], 4, "Discrete(4)" },
        { new MultiDiscreteSpace(3, 1, 2), 0, [3, 1, 2], 6, "MultiDiscrete([3, 1, 2])" },
        { new MultiBinarySpace(3), 0, [2, 2, 2], 6, "MultiBinary(3)" },
        { new MixedSpace(new BoxSpace(-1, 1, 2), new MultiDiscreteSpace(5)), 2, [5], 5, "Dict(c: Box(-1, 1, (2,), float32), d: MultiDiscrete([5]))" },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Space_EachKind_HasItsLeavesAndText(Space space, int continuous, int[] heads, int mask, string text)
    {
        Assert.Equal(continuous, space.ContinuousLength);
        Assert.Equal(heads, space.HeadSizes.ToArray());
        Assert.Equal(continuous + heads.Length, space.Length);
        Assert.Equal(mask, space.MaskLength);
        Assert.Equal(text, space.ToString());
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Sample_EachKind_LiesInTheSpace(Space space, int continuous, int[] heads, int mask, string text)
    {
        Assert.Equal((mask, text), (space.MaskLength, space.ToString()));
        var random = new RandomStream(5);
        float[] numbers = new float[continuous];
        int[] categories = new int[heads.Length];
        for (int draw = 0; draw < 200; draw++)
        {
            space.Sample(ref random, numbers, categories);

            Assert.True(space.Contains(numbers, categories));
            Assert.True(space.ContainsFlat([.. numbers, .. categories.Select(category => (float)category)]));
        }
    }

    [Theory]
    [InlineData(-2f, 4f, 1f)]
    [InlineData(0f, float.PositiveInfinity, 0f)]
    [InlineData(3f, float.PositiveInfinity, 3f)]
    [InlineData(float.NegativeInfinity, -3f, -3f)]
    [InlineData(float.NegativeInfinity, float.PositiveInfinity, 0f)]
    [InlineData(-float.MaxValue, float.MaxValue, 0f)]
    public void WriteNeutral_Bounds_GiveTheMiddleOrTheNearestToZero(float low, float high, float neutral)
    {
        float[] numbers = [99];

        new BoxSpace(low, high).WriteNeutral(numbers, []);

        Assert.Equal([neutral], numbers);
    }

    [Fact]
    public void WriteNeutral_Heads_AreZero()
    {
        int[] categories = [1, 2];

        new MultiDiscreteSpace(3, 3).WriteNeutral([], categories);

        Assert.Equal([0, 0], categories);
    }

    [Fact]
    public void Sample_WidestBox_IsFinite()
    {
        var space = new BoxSpace(-float.MaxValue, float.MaxValue);
        var random = new RandomStream(1);
        float[] numbers = [0];
        float lowest = 0, highest = 0;
        for (int draw = 0; draw < 100; draw++)
        {
            space.Sample(ref random, numbers, []);
            lowest = Math.Min(lowest, numbers[0]);
            highest = Math.Max(highest, numbers[0]);
        }

        Assert.True(float.IsFinite(lowest) && float.IsFinite(highest) && lowest < -1e38f && highest > 1e38f);
    }

    [Fact]
    public void Sample_OneBound_IsAnExponentialFromIt()
    {
        var space = new BoxSpace([2, float.NegativeInfinity], [float.PositiveInfinity, -2]);
        var random = new RandomStream(1);
        float[] numbers = new float[2];
        double above = 0, below = 0;
        const int Draws = 20_000;
        for (int draw = 0; draw < Draws; draw++)
        {
            space.Sample(ref random, numbers, []);
            above += numbers[0] - 2;
            below += -2 - numbers[1];
        }

        // Mean 1, standard error 0.007.
        Assert.InRange(above / Draws, 0.96, 1.04);
        Assert.InRange(below / Draws, 0.96, 1.04);
    }

    [Theory]
    [InlineData(0.5f, 2, true)]
    [InlineData(1f, 0, true)]
    [InlineData(1.0001f, 0, false)]
    [InlineData(float.NaN, 0, false)]
    [InlineData(0f, 3, false)]
    [InlineData(0f, -1, false)]
    public void Contains_Mixed_ChecksBothParts(float number, int category, bool expected)
    {
        var space = new MixedSpace(new BoxSpace(-1, 1), new MultiDiscreteSpace(3));

        Assert.Equal(expected, space.Contains([number], [category]));
        Assert.Equal(expected, space.ContainsFlat([number, category]));
    }

    [Theory]
    [InlineData(float.MaxValue, true)]
    [InlineData(float.PositiveInfinity, false)]
    [InlineData(float.NegativeInfinity, false)]
    [InlineData(float.NaN, false)]
    public void Contains_WithoutBounds_TakesFiniteNumbers(float number, bool expected)
    {
        BoxSpace space = BoxSpace.Unbounded(1);

        Assert.Equal(expected, space.Contains([number], []));
        Assert.Equal(expected, space.ContainsFlat([number]));
    }

    [Fact]
    public void Contains_WrongLengthOrFraction_IsFalse()
    {
        var space = new MixedSpace(new BoxSpace(-1, 1), new MultiDiscreteSpace(3));

        Assert.False(space.Contains([], [0]));
        Assert.False(space.Contains([0], []));
        Assert.False(space.ContainsFlat([0]));
        Assert.False(space.ContainsFlat([0, 0.5f]));
        Assert.False(space.ContainsFlat([0, float.NaN]));
    }

    [Theory]
    [InlineData(1f, 0f)]
    [InlineData(float.NaN, 0f)]
    [InlineData(0f, float.NaN)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity, float.NegativeInfinity)]
    public void BoxSpace_NothingBetweenBounds_NamesTheNumber(float low, float high)
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() => new BoxSpace([0, low], [1, high]));

        Assert.Contains("number 1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BoxSpace_ShapeDoesNotFit_NamesIt()
    {
        Assert.Contains("(2, 2)", Assert.Throws<ArgumentException>(() => new BoxSpace([0, 0], [1, 1], [2, 2])).Message, StringComparison.Ordinal);
        Assert.Contains("(-1, -2)", Assert.Throws<ArgumentException>(() => new BoxSpace([0, 0], [1, 1], [-1, -2])).Message, StringComparison.Ordinal);
        Assert.Contains("2 and 1", Assert.Throws<ArgumentException>(() => new BoxSpace([0], [1, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void DiscreteSpaces_WithoutCategories_NameTheHead()
    {
        Assert.Contains("Head 0 has 0", Assert.Throws<ArgumentOutOfRangeException>(() => new DiscreteSpace(0)).Message, StringComparison.Ordinal);
        Assert.Contains("Head 1 has -2", Assert.Throws<ArgumentOutOfRangeException>(() => new MultiDiscreteSpace(3, -2)).Message, StringComparison.Ordinal);
        Assert.Contains("at least one head", Assert.Throws<ArgumentException>(() => new MultiDiscreteSpace()).Message, StringComparison.Ordinal);
        Assert.Contains("0 switches", Assert.Throws<ArgumentOutOfRangeException>(() => new MultiBinarySpace(0)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Low_DiscreteSpace_SaysThatThereIsNoContinuousPart() =>
        Assert.Contains("Discrete(3) has no continuous number 0", Assert.Throws<InvalidOperationException>(() => new DiscreteSpace(3).Low(0)).Message, StringComparison.Ordinal);
}

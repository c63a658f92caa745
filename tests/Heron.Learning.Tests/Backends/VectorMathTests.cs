using System.Runtime.Intrinsics;
using Heron.Learning.Backends;

namespace Heron.Learning.Tests.Backends;

public sealed class VectorMathTests
{
    [Fact]
    public void Tanh_WholeRange_StaysWithinItsStatedError()
    {
        double worst = 0;
        for (float x = -12; x <= 12; x += 1f / 4096)
        {
            double exact = Math.Tanh(x), value = VectorMath.Tanh(Vector512.Create(x))[0];
            worst = Math.Max(worst, x == 0 ? Math.Abs(value) : Math.Abs((value - exact) / exact));
            Assert.InRange(value, -1, 1);
        }

        Assert.InRange(worst, 0, 3.1e-7);
    }

    [Theory]
    [InlineData(float.PositiveInfinity, 1)]
    [InlineData(float.NegativeInfinity, -1)]
    [InlineData(1e30f, 1)]
    [InlineData(1e-30f, 1e-30f)]
    public void Tanh_ExtremeNumber_IsTheLimit(float x, float expected) =>
        Assert.Equal(expected, VectorMath.Tanh(Vector512.Create(x))[0], Math.Abs(expected) * 3e-7f);

    [Fact]
    public void Tanh_NotANumber_StaysNotANumber() => Assert.True(float.IsNaN(VectorMath.Tanh(Vector512.Create(float.NaN))[0]));

    [Fact]
    public void Exp_WholeRange_StaysWithinItsStatedError()
    {
        double worst = 0;
        for (float x = -87.2f; x <= 88.2f; x += 1f / 512)
        {
            worst = Math.Max(worst, Math.Abs((VectorMath.Exp(Vector512.Create(x))[0] / Math.Exp(x)) - 1));
        }

        Assert.InRange(worst, 0, 1e-7);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(-88, 0)]
    [InlineData(-1e30f, 0)]
    [InlineData(float.NegativeInfinity, 0)]
    [InlineData(89, float.PositiveInfinity)]
    [InlineData(float.PositiveInfinity, float.PositiveInfinity)]
    [InlineData(float.NaN, float.NaN)]
    public void Exp_ExtremeNumber_IsTheLimit(float x, float expected) => Assert.Equal(expected, VectorMath.Exp(Vector512.Create(x))[0]);

    [Fact]
    public void Sum_SixteenNumbers_AddsEachOnce() =>
        Assert.Equal((1 << 16) - 1, VectorMath.Sum(Vector512.Create([.. Enumerable.Range(0, 16).Select(i => (float)(1 << i))])));
}

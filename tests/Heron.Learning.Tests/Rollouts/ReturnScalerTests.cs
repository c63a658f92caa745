using Heron.Learning.Rollouts;

namespace Heron.Learning.Tests.Rollouts;

public sealed class ReturnScalerTests
{
    [Fact]
    public void Factor_BeforeAnyReturn_IsOne() => Assert.Equal(1, new ReturnScaler(1, 0.5).Factor);

    // Returns so far with gamma 0.5: 4, 2 + 4 / 2 = 4, cut, 6 + 4 / 2 = 8, end, 2. Mean 4.5, variance (0.25 + 0.25 + 12.25 + 6.25) / 4.
    [Fact]
    public void Factor_ReturnsAcrossACutAndAnEnd_IsOneOverTheirDeviation()
    {
        var scaler = new ReturnScaler(2, 0.5);

        scaler.Add(0, [4, 2], [RowEnd.None, RowEnd.Cut]);
        scaler.Add(1, [], []);
        scaler.Add(0, [6, 2], [RowEnd.Truncated, RowEnd.Cut]);

        Assert.Equal(1 / Math.Sqrt(4.75), scaler.Factor, 1e-6);
    }

    [Fact]
    public void Factor_EqualReturns_StaysFinite()
    {
        var scaler = new ReturnScaler(1, 0);

        scaler.Add(0, [1, 1, 1], [RowEnd.None, RowEnd.None, RowEnd.Cut]);

        Assert.Equal(1e4f, scaler.Factor);
    }
}

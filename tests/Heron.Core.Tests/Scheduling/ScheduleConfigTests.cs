using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

public sealed class ScheduleConfigTests
{
    [Fact]
    public void TickInterval_Fraction_IsRoundedOnceToNanoseconds()
    {
        var schedule = new ScheduleConfig(0.1);

        Assert.Equal(100_000_000, schedule.TickIntervalNanoseconds);
        Assert.Equal(0.1, schedule.TickIntervalSeconds);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1e-10)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e10)]
    public void Constructor_NoInterval_Throws(double seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new ScheduleConfig(seconds));
}

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
    public void Constructor_NoInterval_Throws(double seconds)
    {
        var exception = Assert.Throws<ArgumentOutOfRangeException>(() => new ScheduleConfig(seconds));

        Assert.StartsWith(FormattableString.Invariant($"TickIntervalSeconds is {seconds}; "), exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Constructor_IntervalAlone_HasNoDelaysAndNoJitter()
    {
        var schedule = new ScheduleConfig(2);

        Assert.Equal((0, 0, 0, 0), (schedule.ObservationDelaySeconds, schedule.ActionDelaySeconds, schedule.MessageDelaySeconds, schedule.MinDelaySeconds));
        Assert.Equal((JitterKind.None, 0.1), (schedule.Jitter, schedule.JitterRatio));
        Assert.Equal(ScheduleConfig.Deterministic(2), schedule);
        Assert.Equal(1, ScheduleConfig.Deterministic().TickIntervalSeconds);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Delays_NoDuration_NameTheProperty(double seconds)
    {
        var schedule = new ScheduleConfig(1);

        Assert.Equal("ObservationDelaySeconds", Assert.Throws<ArgumentOutOfRangeException>(() => schedule with { ObservationDelaySeconds = seconds }).ParamName);
        Assert.Equal("ActionDelaySeconds", Assert.Throws<ArgumentOutOfRangeException>(() => schedule with { ActionDelaySeconds = seconds }).ParamName);
        Assert.Equal("MessageDelaySeconds", Assert.Throws<ArgumentOutOfRangeException>(() => schedule with { MessageDelaySeconds = seconds }).ParamName);
        Assert.Equal("MinDelaySeconds", Assert.Throws<ArgumentOutOfRangeException>(() => schedule with { MinDelaySeconds = seconds }).ParamName);
        var jitter = Assert.Throws<ArgumentOutOfRangeException>(() => schedule with { JitterRatio = seconds });
        Assert.Equal("JitterRatio", jitter.ParamName);
        Assert.StartsWith(FormattableString.Invariant($"JitterRatio is {seconds}; "), jitter.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WithJitter_AndWithout_KeepsBaseValuesAndFloor()
    {
        ScheduleConfig schedule = ScheduleConfig.Deterministic(1, 0.1, 0.2, 0.3) with { MinDelaySeconds = 0.05 };

        ScheduleConfig jittered = schedule.WithJitter(JitterKind.Uniform, 0.3);

        Assert.Equal((JitterKind.Uniform, 0.3, 0.05, 0.2), (jittered.Jitter, jittered.JitterRatio, jittered.MinDelaySeconds, jittered.ActionDelaySeconds));
        Assert.Equal((JitterKind.None, 0.05, 0.2), (jittered.WithoutJitter().Jitter, jittered.WithoutJitter().MinDelaySeconds, jittered.WithoutJitter().ActionDelaySeconds));
        Assert.Equal(JitterKind.Gaussian, schedule.WithJitter().Jitter);
    }
}

using Heron.Server.Sessions;

namespace Heron.Server.Tests.Sessions;

public class CallSequenceTests
{
    private static readonly CallContent Reset = new(CallKind.Reset, 1);
    private static readonly CallContent Step = new(CallKind.Step, 2);
    private static readonly CallContent OtherStep = new(CallKind.Step, 3);

    [Fact]
    public void Begin_NextNumber_CarriesOutAndCounts()
    {
        var sequence = new CallSequence();

        Assert.Equal(CallTurn.CarryOut, sequence.Begin(1, Reset));
        sequence.End(carriedOut: true);

        Assert.Equal(2u, sequence.Next);
        Assert.Equal(1u, sequence.Last);
    }

    [Fact]
    public void Begin_WithoutNumber_TakesTheNext()
    {
        CallSequence sequence = After(Reset);

        Assert.Equal(CallTurn.CarryOut, sequence.Begin(null, Step));
        sequence.End(carriedOut: true);

        Assert.Equal(3u, sequence.Next);
    }

    [Fact]
    public void Begin_LastNumberWithEqualContent_Repeats()
    {
        CallSequence sequence = After(Reset, Step);

        Assert.Equal(CallTurn.Repeat, sequence.Begin(2, Step));
        Assert.Equal(CallTurn.Repeat, sequence.Begin(2, Step));

        Assert.Equal(3u, sequence.Next);
    }

    [Fact]
    public void Begin_LastNumberWithOtherContent_IsRefusedAndChangesNothing()
    {
        CallSequence sequence = After(Reset, Step);

        Assert.Throws<CallNumberException>(() => sequence.Begin(2, OtherStep));

        Assert.Equal(3u, sequence.Next);
        Assert.Equal(CallTurn.Repeat, sequence.Begin(2, Step));
    }

    // Kinds are told apart even if their contents had the same hash.
    [Fact]
    public void Begin_LastNumberWithOtherKind_IsRefused()
    {
        CallSequence sequence = After(Reset, Step);

        Assert.Throws<CallNumberException>(() => sequence.Begin(2, Step with { Kind = CallKind.LoadState }));
    }

    [Theory]
    [InlineData(0u)]
    [InlineData(1u)]
    [InlineData(4u)]
    [InlineData(uint.MaxValue)]
    public void Begin_AnyOtherNumber_IsRefusedNamingTheExpectedOne(uint number)
    {
        CallSequence sequence = After(Reset, Step);

        var exception = Assert.Throws<CallNumberException>(() => sequence.Begin(number, Step));

        Assert.Contains("expects 3", exception.Message);
        Assert.False(sequence.IsRunning);
    }

    // Before the first call there is nothing that number 0 could repeat.
    [Fact]
    public void Begin_ZeroOnANewSequence_IsRefused()
    {
        var sequence = new CallSequence();

        Assert.Throws<CallNumberException>(() => sequence.Begin(0, default));
    }

    [Fact]
    public void Begin_AtTheLargestNumber_GoesOnWithZero()
    {
        var sequence = new CallSequence(uint.MaxValue);

        Assert.Equal(CallTurn.CarryOut, sequence.Begin(uint.MaxValue, Reset));
        sequence.End(carriedOut: true);
        Assert.Equal(0u, sequence.Next);
        Assert.Equal(CallTurn.Repeat, sequence.Begin(uint.MaxValue, Reset));
        Assert.Equal(CallTurn.CarryOut, sequence.Begin(0, Step));
        sequence.End(carriedOut: true);

        Assert.Equal(CallTurn.Repeat, sequence.Begin(0, Step));
        Assert.Equal(1u, sequence.Next);
    }

    [Fact]
    public async Task Begin_RunningNumberWithEqualContent_JoinsUntilTheEnd()
    {
        CallSequence sequence = After(Reset);
        sequence.Begin(2, Step);

        Assert.Equal(CallTurn.Join, sequence.Begin(2, Step));
        Task joined = sequence.RunningEnds;
        Assert.False(joined.IsCompleted);
        sequence.End(carriedOut: true);

        await joined.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.Equal(CallTurn.Repeat, sequence.Begin(2, Step));
    }

    [Fact]
    public void Begin_WhileAnotherRuns_IsBusy()
    {
        CallSequence sequence = After(Reset);
        sequence.Begin(2, Step);

        Assert.Throws<SessionBusyException>(() => sequence.Begin(2, OtherStep));
        Assert.Throws<SessionBusyException>(() => sequence.Begin(3, Step));
        Assert.Throws<SessionBusyException>(() => sequence.Begin(null, Step));
        Assert.Throws<SessionBusyException>(() => sequence.Begin(1, Reset));
    }

    [Fact]
    public void End_Failed_GivesTheNumberBackAndKeepsTheLastCall()
    {
        CallSequence sequence = After(Reset);
        sequence.Begin(2, Step);

        sequence.End(carriedOut: false);

        Assert.Equal(2u, sequence.Next);
        Assert.Equal(CallTurn.Repeat, sequence.Begin(1, Reset));
        Assert.Equal(CallTurn.CarryOut, sequence.Begin(2, OtherStep));
    }

    private static CallSequence After(params CallContent[] calls)
    {
        var sequence = new CallSequence();
        foreach (CallContent call in calls)
        {
            sequence.Begin(null, call);
            sequence.End(carriedOut: true);
        }

        return sequence;
    }
}

using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

public sealed class RowPoolTests
{
    private const int RowBytes = 1 << 20;

    [Fact]
    public void Take_MoreThanItHolds_ThrowsUntilOneIsFree()
    {
        var pool = new RowPool(RowBytes);
        for (int row = 0; row < RowPool.MaximumBytes / RowBytes; row++)
        {
            pool.Take();
        }

        EventOverflowException overflow = Assert.Throws<EventOverflowException>(() => pool.Take());
        pool.Free(3);

        Assert.StartsWith("128 events that wait to happen carry 134217728 bytes, the most that a copy holds. ", overflow.Message, StringComparison.Ordinal);
        Assert.Equal(3, pool.Take());
    }
}

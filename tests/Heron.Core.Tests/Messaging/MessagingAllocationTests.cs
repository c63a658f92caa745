using Heron.Core.Messaging;
using Heron.Tests.Shared;
using static Heron.Core.Tests.Messaging.PostOffice;

namespace Heron.Core.Tests.Messaging;

[Collection(AllocationCollection.Name)]
public sealed class MessagingAllocationTests
{
    [Fact]
    public void SendAndReceive_TenThousandMessages_AllocatesNothing()
    {
        var office = new PostOffice();
        Exchange(office, 1_000);

        double sum = 0;
        long allocated = Allocations.Of(() => sum = Exchange(office, 10_000));

        Assert.Equal(0, allocated);
        Assert.Equal(2 * 49_995_000.0, sum);
    }

    private static double Exchange(PostOffice office, int messages)
    {
        double sum = 0;
        for (int i = 0; i < messages; i++)
        {
            office.Copy.As(office.A).Send(office.A.News, new Note { Number = i });
            office.Copy.As(office.A).TryReceive(office.A.Post, out Message<Note> atA);
            office.Copy.As(office.B).TryReceive(office.B.Post, out Message<Note> atB);
            sum += atA.Payload.Number + atB.Payload.Number;
        }

        return sum;
    }
}

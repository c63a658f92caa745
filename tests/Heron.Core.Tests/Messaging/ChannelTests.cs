using Heron.Core.Messaging;
using static Heron.Core.Tests.Messaging.PostOffice;

namespace Heron.Core.Tests.Messaging;

public sealed class ChannelTests
{
    [Fact]
    public void Send_OnAChannel_ReachesEveryoneWhoSubscribed()
    {
        var office = new PostOffice();

        office.Copy.As(office.A).Send(office.A.News, new Note { Number = 4 }, delaySeconds: 1);
        office.Copy.As(office.B).Send(office.B.News, new Note { Number = 5 });
        office.Copy.Step();

        Assert.Equal([4], office.Copy.ReceiveAll(office.A));
        Assert.Equal([4], office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void Subscribe_Twice_NamesTheMailbox()
    {
        var a = new Clerk("a", OverflowBehavior.DropOldest, handler: null);
        a.News.Subscribe(a.Post);

        var error = Assert.Throws<ArgumentException>(() => a.News.Subscribe(a.Post));

        Assert.Contains("Mailbox 'post' of agent 'a' has subscribed to 'Broadcast news: a -> *' already", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Subscribe_AfterTheEnvironmentWasBuilt_Throws()
    {
        var office = new PostOffice();

        var error = Assert.Throws<InvalidOperationException>(() => office.B.News.Subscribe(office.A.Post));

        Assert.Contains("subscribes to 'Broadcast news: b -> *' too late", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ChannelId_WithRecipient_NamesBothEnds() =>
        Assert.Equal("Action orders: grid -> mg_0", new ChannelId(MessageKind.Action, "grid", "orders", "mg_0").ToString());
}

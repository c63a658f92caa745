using System.Buffers.Binary;
using Heron.Core.Agents;
using Heron.Core.Messaging;
using static Heron.Core.Tests.Messaging.PostOffice;

namespace Heron.Core.Tests.Messaging;

public sealed class MailboxTests
{
    [Fact]
    public void TryReceive_SeveralMessages_OldestFirstWithSenderKindAndTimes()
    {
        var office = new PostOffice();
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1, Page = 7 });
        office.Copy.Step();
        office.Copy.As(office.B).Send(office.B.Post, new Note { Number = 2 });

        bool first = office.Copy.As(office.B).TryReceive(office.B.Post, out Message<Note> one);
        bool second = office.Copy.As(office.B).TryReceive(office.B.Post, out Message<Note> two);

        Assert.True(first && second);
        Assert.Equal(new Message<Note>(new Note { Number = 1, Page = 7 }, office.A, MessageKind.Info, 0, 0), one);
        Assert.Equal(new Message<Note>(new Note { Number = 2 }, office.B, MessageKind.Info, 1_000_000_000, 1_000_000_000), two);
        Assert.False(office.Copy.As(office.B).TryReceive(office.B.Post, out _));
    }

    [Fact]
    public void TryReceive_MessageToAnother_StaysWithTheOther()
    {
        var office = new PostOffice();
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1 });

        Assert.Empty(office.Copy.ReceiveAll(office.A));
        Assert.Equal([1], office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void TryPeek_DueMessage_LeavesItWhereItIs()
    {
        var office = new PostOffice();
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1 });

        bool peeked = office.Copy.ViewOf(office.B).TryPeek(office.B.Post, out Message<Note> message);

        Assert.True(peeked);
        Assert.Equal(1, message.Payload.Number);
        Assert.Equal(1, office.Copy.ViewOf(office.B).CountOf(office.B.Post));
        Assert.Equal([1], office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void Send_WithDelay_ArrivesWhenItIsDueAndInThatOrder()
    {
        var office = new PostOffice();
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 2 }, delaySeconds: 2);
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1 }, delaySeconds: 1);
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 3 }, delaySeconds: 2);
        double[] atStart = office.Copy.ReceiveAll(office.B);

        office.Copy.Step();
        int countAfterOne = office.Copy.ViewOf(office.B).CountOf(office.B.Post);
        double[] afterOne = office.Copy.ReceiveAll(office.B);
        office.Copy.Step();

        Assert.Empty(atStart);
        Assert.Equal(1, countAfterOne);
        Assert.Equal([1], afterOne);
        Assert.Equal([2, 3], office.Copy.ReceiveAll(office.B));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void Send_DelayThatIsNoTime_Throws(double delaySeconds)
    {
        var office = new PostOffice();

        var error = Assert.Throws<ArgumentOutOfRangeException>(() => office.Copy.As(office.A).Send(office.B.Post, default, delaySeconds));

        Assert.Contains("message of agent 'a' takes 0 seconds or more", error.Message, StringComparison.Ordinal);
    }

    // The ring has three places and has turned once, so that it runs over its end.
    [Theory]
    [InlineData(OverflowBehavior.DropOldest, new double[] { 3, 4, 5 })]
    [InlineData(OverflowBehavior.DropNewest, new double[] { 1, 2, 3 })]
    public void Send_FullMailbox_GivesUpAndCounts(OverflowBehavior overflow, double[] expected)
    {
        var office = new PostOffice(overflow);
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 0 });
        office.Copy.ReceiveAll(office.B);
        for (int i = 1; i <= 5; i++)
        {
            office.Copy.As(office.A).Send(office.B.Post, new Note { Number = i });
        }

        Assert.Equal(2, office.Copy.ViewOf(office.B).DroppedBy(office.B.Post));
        Assert.Equal(expected, office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void Clear_MailboxOfOne_LeavesTheOthers()
    {
        var office = new PostOffice();
        office.Copy.As(office.A).Send(office.A.Post, new Note { Number = 1 });
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 2 });

        office.Copy.As(office.A).Clear(office.A.Post);

        Assert.Empty(office.Copy.ReceiveAll(office.A));
        Assert.Equal([2], office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void Send_InOneCopy_IsUnknownToTheOther()
    {
        var office = new PostOffice();
        var other = new PostCopy(office);

        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1 });
        other.Reset();

        Assert.Empty(other.ReceiveAll(office.B));
        Assert.Equal([1], office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void Reset_MessagesWaitingAndUnderWay_ForgetsThem()
    {
        var office = new PostOffice();
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1 });
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 2 }, delaySeconds: 1);

        office.Copy.Reset();
        office.Copy.Step();

        Assert.Empty(office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void SaveState_MessageUnderWay_ArrivesInTheCopyThatLoadsIt()
    {
        var office = new PostOffice();
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1, Page = 2 }, delaySeconds: 1);
        byte[] state = new byte[office.Copy.Environment.StateByteCount];
        office.Copy.Environment.SaveState(state);
        var other = new PostCopy(office);

        other.Environment.LoadState(state);
        double[] before = other.ReceiveAll(office.B);
        other.Step();

        Assert.Empty(before);
        Assert.True(other.As(office.B).TryReceive(office.B.Post, out Message<Note> message));
        Assert.Equal(new Message<Note>(new Note { Number = 1, Page = 2 }, office.A, MessageKind.Info, 0, 1_000_000_000), message);
    }

    // Each number of a mailbox that names a place: where its messages start, how many there are, and who sent the first.
    [Theory]
    [InlineData(0, 3)]
    [InlineData(0, -1)]
    [InlineData(4, 4)]
    [InlineData(4, -1)]
    [InlineData(32, 3)]
    [InlineData(32, -1)]
    public void LoadState_MailboxPointsOutside_ChangesNothing(int place, int value)
    {
        var office = new PostOffice();
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1 });
        byte[] state = new byte[office.Copy.Environment.StateByteCount];
        office.Copy.Environment.SaveState(state);
        BinaryPrimitives.WriteInt32LittleEndian(state.AsSpan(office.B.Post.Offset + place), value);

        var error = Assert.Throws<ArgumentException>(() => office.Copy.Environment.LoadState(state));

        Assert.Contains("Post-v0 holds messages outside their mailboxes", error.Message, StringComparison.Ordinal);
        Assert.Equal([1], office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void Send_MailboxOfAnotherEnvironment_Throws()
    {
        var office = new PostOffice();
        var other = new PostOffice();

        var error = Assert.Throws<InvalidOperationException>(() => office.Copy.As(office.A).Send(other.B.Post, default));

        Assert.Contains("Mailbox 'post' of agent 'b' belongs to another environment", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Send_MailboxOfAnAgentInNoEnvironment_Throws()
    {
        var office = new PostOffice();
        var stranger = new Clerk("stranger", OverflowBehavior.DropOldest, handler: null);

        var error = Assert.Throws<InvalidOperationException>(() => office.Copy.As(office.A).Send(stranger.Post, default));

        Assert.Contains("is in no environment yet", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(65_537)]
    public void AddMailbox_CapacityOutOfRange_NamesIt(int capacity)
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => new Hoarder(capacity, "post"));

        Assert.Contains($"'post' of agent 'hoarder' would hold {capacity} messages", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddMailbox_NameTaken_NamesIt()
    {
        var error = Assert.Throws<ArgumentException>(() => new Hoarder(1, "post", "post"));

        Assert.Contains("'hoarder' already has a mailbox 'post'", error.Message, StringComparison.Ordinal);
    }

    private sealed class Hoarder : FieldAgent
    {
        public Hoarder(int capacity, params string[] names)
            : base("hoarder")
        {
            foreach (string name in names)
            {
                AddMailbox<Note>(name, capacity: capacity);
            }
        }
    }
}

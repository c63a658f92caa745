using Heron.Core.Agents;
using Heron.Core.Messaging;
using static Heron.Core.Tests.Messaging.PostOffice;

namespace Heron.Core.Tests.Messaging;

public sealed class MessageHandlerTests
{
    [Fact]
    public void Step_MailboxWithHandler_HandsOverWhatIsDue()
    {
        var handled = new List<(double Number, string Sender, double Time)>();
        var office = new PostOffice(handlerOfB: (in AgentContext context, in Message<Note> message) =>
            handled.Add((message.Payload.Number, message.Sender.Id, context.TimeSeconds)));
        office.Copy.As(office.A).Send(office.B.Post, new Note { Number = 1 }, delaySeconds: 1.5);
        office.Copy.As(office.B).Send(office.B.Post, new Note { Number = 2 });

        office.Copy.Step();
        office.Copy.Step();

        Assert.Equal([(2, "b", 1), (1, "a", 2)], handled);
        Assert.Empty(office.Copy.ReceiveAll(office.B));
    }

    [Fact]
    public void Step_HandlerFails_OthersGetTheirsAndTheFailureIsTold()
    {
        var handled = new List<double>();
        var office = new PostOffice(
            handlerOfA: (in AgentContext _, in Message<Note> message) => throw new FormatException($"number {message.Payload.Number} is no good"),
            handlerOfB: (in AgentContext _, in Message<Note> message) => handled.Add(message.Payload.Number));
        office.Copy.As(office.A).Send(office.A.News, new Note { Number = 3 });

        var error = Assert.Throws<AggregateException>(office.Copy.Step);

        Assert.Equal([3], handled);
        Exception failure = Assert.Single(error.InnerExceptions);
        Assert.Equal("The handler of mailbox 'post' of agent 'a' failed: number 3 is no good", failure.Message);
        Assert.IsType<FormatException>(failure.InnerException);
    }
}

using Grpc.Core;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Calls;

public class CallKindTests(EchoFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unary_OneRequest_OneReply()
    {
        using var call = fixture.Client.UnaryAsync(new EchoRequest { Text = "a" }, cancellationToken: Cancelled);

        var reply = await call;

        Assert.Equal("a", reply.Text);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public void Unary_Blocking_OneReply()
    {
        var reply = fixture.Client.Unary(new EchoRequest { Text = "b" }, cancellationToken: Cancelled);

        Assert.Equal("b", reply.Text);
    }

    [Fact]
    public async Task Collect_ThreeRequests_OneReplyWithAll()
    {
        using var call = fixture.Client.Collect(cancellationToken: Cancelled);

        foreach (var text in new[] { "a", "b", "c" })
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = text }, Cancelled);
        }

        await call.RequestStream.CompleteAsync();

        Assert.Equal("abc", (await call).Text);
    }

    [Fact]
    public async Task Expand_OneRequest_RepliesInOrder()
    {
        using var call = fixture.Client.Expand(new EchoRequest { Text = "n", Repeat = 3 }, cancellationToken: Cancelled);

        var texts = new List<string>();
        await foreach (var reply in call.ResponseStream.ReadAllAsync(Cancelled))
        {
            texts.Add(reply.Text);
        }

        Assert.Equal(["n0", "n1", "n2"], texts);
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Chat_TurnByTurn_EachRequestIsAnsweredBeforeTheNext()
    {
        using var call = fixture.Client.Chat(cancellationToken: Cancelled);

        for (var turn = 0; turn < 10; turn++)
        {
            await call.RequestStream.WriteAsync(new EchoRequest { Text = $"{turn}" }, Cancelled);
            Assert.True(await call.ResponseStream.MoveNext(Cancelled));
            Assert.Equal($"{turn}", call.ResponseStream.Current.Text);
        }

        await call.RequestStream.CompleteAsync();

        Assert.False(await call.ResponseStream.MoveNext(Cancelled));
        Assert.Equal(StatusCode.OK, call.GetStatus().StatusCode);
    }
}

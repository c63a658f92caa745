using Grpc.Core;
using Heron.Grpc.TestServer;

namespace Heron.Grpc.Tests.Calls;

public class CancellationTests(EchoFixture fixture)
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Unary_PastDeadline_FailsOnTheClientAndIsCancelledOnTheServer()
    {
        var name = NewName();
        var deadline = DateTime.UtcNow.AddMilliseconds(300);

        var error = await Assert.ThrowsAsync<RpcException>(async () =>
            await fixture.Client.UnaryAsync(Waiting(name), deadline: deadline, cancellationToken: Cancelled));

        Assert.Equal(StatusCode.DeadlineExceeded, error.StatusCode);
        await ReachedAsync(name, Point.Cancelled);
    }

    [Fact]
    public async Task Unary_WithDeadline_ServerSeesTheTimeLeft()
    {
        var reply = await fixture.Client.UnaryAsync(
            new EchoRequest(), deadline: DateTime.UtcNow.AddHours(1), cancellationToken: Cancelled);
        var unlimited = await fixture.Client.UnaryAsync(new EchoRequest(), cancellationToken: Cancelled);

        Assert.InRange(reply.DeadlineSeconds, 1800, 3600);
        Assert.Equal(0, unlimited.DeadlineSeconds);
    }

    [Fact]
    public async Task Unary_ClientCancels_ServerSeesIt()
    {
        var name = NewName();
        using var source = new CancellationTokenSource();
        using var call = fixture.Client.UnaryAsync(Waiting(name), cancellationToken: source.Token);
        await ReachedAsync(name, Point.Started);

        await source.CancelAsync();

        var error = await Assert.ThrowsAsync<RpcException>(async () => await call);
        Assert.Equal(StatusCode.Cancelled, error.StatusCode);
        await ReachedAsync(name, Point.Cancelled);
    }

    [Fact]
    public async Task Chat_ClientDisposesTheCall_ServerSeesIt()
    {
        var name = NewName();
        var call = fixture.Client.Chat(cancellationToken: Cancelled);
        await call.RequestStream.WriteAsync(Waiting(name), Cancelled);
        await ReachedAsync(name, Point.Started);

        call.Dispose();

        await ReachedAsync(name, Point.Cancelled);
    }

    [Fact]
    public async Task Chat_ServerEndsWhileTheClientWrites_ReadsAndWritesFailWithTheStatus()
    {
        using var call = fixture.Client.Chat(cancellationToken: Cancelled);

        await call.RequestStream.WriteAsync(
            new EchoRequest { Behaviour = Behaviour.FailWithStatus, StatusCode = (int)StatusCode.Cancelled }, Cancelled);

        var read = await Assert.ThrowsAsync<RpcException>(() => call.ResponseStream.MoveNext(Cancelled));
        var write = await Assert.ThrowsAsync<RpcException>(() => call.RequestStream.WriteAsync(new EchoRequest(), Cancelled));
        Assert.Equal(("as asked", StatusCode.Cancelled), (read.Status.Detail, read.StatusCode));
        Assert.Equal(StatusCode.Cancelled, write.StatusCode);
    }

    private static EchoRequest Waiting(string name) => new() { Text = name, Behaviour = Behaviour.Wait };

    private static string NewName() => $"{Guid.NewGuid()}";

    private async Task ReachedAsync(string name, Point point) => await fixture.Client.AwaitAsync(
        new AwaitRequest { Text = name, Point = point },
        deadline: DateTime.UtcNow.AddSeconds(60),
        cancellationToken: Cancelled);
}

using Grpc.Core;

namespace Heron.Grpc.Tests.Contracts;

public class CallOptionsTests
{
    [Fact]
    public void With_EachSetting_ChangesTheCopyOnly()
    {
        var empty = new CallOptions();
        var headers = new Metadata();
        var deadline = new DateTime(2030, 1, 2, 3, 4, 5, DateTimeKind.Utc);
        var credentials = CallCredentials.FromInterceptor((_, _) => Task.CompletedTask);
        var write = new WriteOptions(WriteFlags.NoCompress);
        using var source = new CancellationTokenSource();

        var full = empty.WithHeaders(headers).WithDeadline(deadline).WithCancellationToken(source.Token)
            .WithWriteOptions(write).WithCredentials(credentials).WithWaitForReady();

        Assert.Equal(default, empty);
        Assert.Same(headers, full.Headers);
        Assert.Equal(deadline, full.Deadline);
        Assert.Equal(source.Token, full.CancellationToken);
        Assert.Same(write, full.WriteOptions);
        Assert.Same(credentials, full.Credentials);
        Assert.True(full.IsWaitForReady);
        Assert.False(full.WithWaitForReady(false).IsWaitForReady);
    }
}

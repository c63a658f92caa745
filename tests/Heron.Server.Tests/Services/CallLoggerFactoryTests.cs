using Heron.Server.Tests.Shared;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Heron.Server.Tests.Services;

/// <summary>The library reports a client that resets its request as an error now and then, depending on what it notices first; so its logger is called here.</summary>
public class CallLoggerFactoryTests
{
    private const string LibraryCategory = "Grpc.AspNetCore.Server.ServerCallHandler";

    [Fact]
    public async Task Log_ClientLeftWithinItsRequest_IsNoError()
    {
        await using RunningServer server = await RunningServer.StartAsync();

        LogEntry entry = LogError(server, LibraryCategory, new IOException("The client reset the request stream."));

        Assert.Equal(LogLevel.Debug, entry.Level);
    }

    [Theory]
    [InlineData(LibraryCategory, typeof(InvalidOperationException))]
    [InlineData("Heron.Server.Sessions.SessionStore", typeof(IOException))]
    public async Task Log_AnythingElse_StaysAnError(string category, Type exception)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        server.ExpectsErrors = true;

        LogEntry entry = LogError(server, category, (Exception)Activator.CreateInstance(exception)!);

        Assert.Equal(LogLevel.Error, entry.Level);
    }

    private static LogEntry LogError(RunningServer server, string category, Exception exception)
    {
        ILogger logger = server.Host.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
        logger.Log(LogLevel.Error, default, "Error when executing service method.", exception, (message, _) => message);
        return server.Log.Entries.Last(entry => ReferenceEquals(entry.Exception, exception));
    }
}

using System.ComponentModel.DataAnnotations;
using System.Net;
using Heron.Core.Environments;
using Heron.Server.Hosting;
using Heron.Server.Tests.Shared;
using Microsoft.Extensions.Logging;

namespace Heron.Server.Tests.Hosting;

/// <summary>Nobody becomes reachable from other machines by mistake.</summary>
public class ExposedAddressTests
{
    // Of a network for documentation, so no machine has it: a server that is told to listen there starts and fails.
    private const string AddressOfNobody = "192.0.2.1";

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("::")]
    [InlineData(AddressOfNobody)]
    public async Task Start_BeyondLoopback_IsRefusedUnlessAllowed(string address)
    {
        using var log = new LogSink();

        ValidationException exception = await Assert.ThrowsAsync<ValidationException>(() => StartAsync(address, allowInsecure: false, log));

        Assert.Contains($"--listen {new IPEndPoint(IPAddress.Parse(address), 0)} is reachable from other machines", exception.Message);
        Assert.Contains("add --allow-insecure", exception.Message);
        Assert.Empty(log.Entries);
    }

    [Fact]
    public async Task Start_BeyondLoopbackAllowed_TriesItAndWarns()
    {
        using var log = new LogSink();

        await Assert.ThrowsAnyAsync<Exception>(() => StartAsync(AddressOfNobody, allowInsecure: true, log));

        LogEntry warning = Assert.Single(log.Entries, entry => entry.Level == LogLevel.Warning && entry.Category.StartsWith("Heron", StringComparison.Ordinal));
        Assert.Contains($"{AddressOfNobody}:0 is reachable from other machines", warning.Message);
    }

    [Theory]
    [InlineData("127.0.0.1", false)]
    [InlineData("127.0.0.2", true)]
    public async Task Start_OnLoopback_DoesNotWarn(string address, bool allowInsecure)
    {
        using var log = new LogSink();

        await using HeronServerHost host = await StartAsync(address, allowInsecure, log);

        Assert.DoesNotContain(log.Entries, entry => entry.Level >= LogLevel.Warning);
    }

    [Fact]
    public async Task Serve_BeyondLoopbackAllowed_IsNotWrongUsage()
    {
        (int code, _, string error) = await CommandRun.RunAsync("serve", "--listen", $"{AddressOfNobody}:0", "--allow-insecure");

        Assert.Equal(1, code);
        Assert.Contains($"Cannot listen on {AddressOfNobody}:0", error);
    }

    private static Task<HeronServerHost> StartAsync(string address, bool allowInsecure, LogSink log) => HeronServerHost.StartAsync(
        new HeronServerOptions { Listen = new IPEndPoint(IPAddress.Parse(address), 0), AllowInsecure = allowInsecure },
        new EnvironmentRegistry(),
        builder => builder.Logging.AddProvider(log));
}

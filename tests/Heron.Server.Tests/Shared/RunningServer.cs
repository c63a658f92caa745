using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Heron.Core.Environments;
using Heron.Server.Hosting;
using Heron.Simulations;
using Heron.TestEnvironments.Probe;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Tests.Shared;

/// <summary>A real server on a free port with a real client. Its end fails the test if the server logged an error.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private RunningServer(HeronServerHost host, LogSink log)
    {
        Host = host;
        Log = log;
        Channel = Connect(host.Address);
        Client = new Wire.MultiAgentEnv.MultiAgentEnvClient(Channel);
    }

    public HeronServerHost Host { get; }

    public LogSink Log { get; }

    public GrpcChannel Channel { get; }

    public Wire.MultiAgentEnv.MultiAgentEnvClient Client { get; }

    /// <summary>Whether errors in the log are what the test is about.</summary>
    public bool ExpectsErrors { get; set; }

    public static async Task<RunningServer> StartAsync(
        Action<HeronServerOptions>? configure = null, TimeProvider? time = null, Action<EnvironmentRegistry>? addEnvironments = null)
    {
        var options = new HeronServerOptions { Listen = new IPEndPoint(IPAddress.Loopback, 0) };
        configure?.Invoke(options);
        EnvironmentRegistry registry = HeronEnvironments.AddTo(new EnvironmentRegistry()).Add(ProbeEnvironment.Definition);
        addEnvironments?.Invoke(registry);
        var log = new LogSink();
        HeronServerHost host = await HeronServerHost.StartAsync(options, registry, builder =>
        {
            builder.Logging.SetMinimumLevel(LogLevel.Debug).AddProvider(log);
            if (time is not null)
            {
                builder.Services.AddSingleton(time);
            }
        });
        return new RunningServer(host, log);
    }

    /// <summary>Another connection to the server, or to something that stands in front of it.</summary>
    public static GrpcChannel Connect(IPEndPoint address) => GrpcChannel.ForAddress(
        $"http://{address}", new GrpcChannelOptions { MaxReceiveMessageSize = null, MaxSendMessageSize = null });

    public async ValueTask DisposeAsync()
    {
        Channel.Dispose();
        await Host.DisposeAsync();
        if (!ExpectsErrors)
        {
            Assert.DoesNotContain(Log.Entries, entry => entry.Level >= LogLevel.Error);
        }
    }

    /// <summary>Makes a session.</summary>
    public async Task<Wire.CreateSessionResponse> CreateAsync(string environmentId, uint copies = 1, Wire.AutoresetMode mode = Wire.AutoresetMode.Unspecified) =>
        await Client.CreateSessionAsync(
            new Wire.CreateSessionRequest { EnvId = environmentId, NumEnvs = copies, AutoresetMode = mode },
            cancellationToken: TestContext.Current.CancellationToken);

    /// <summary>Waits for a call to fail and checks its status.</summary>
    public static async Task<string> FailsAsync(StatusCode code, Func<Task> call)
    {
        RpcException exception = await Assert.ThrowsAsync<RpcException>(call);

        Assert.True(code == exception.StatusCode, $"{exception.Status} instead of {code}");
        return exception.Status.Detail;
    }
}

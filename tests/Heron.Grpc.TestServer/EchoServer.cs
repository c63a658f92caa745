using System.IO.Compression;
using Grpc.AspNetCore.Server;
using Grpc.Net.Compression;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Heron.Grpc.TestServer;

/// <summary>The echo service on Kestrel, plain HTTP/2 on a free loopback port.</summary>
public sealed class EchoServer : IAsyncDisposable
{
    /// <summary>Largest request in bytes: 20 MiB.</summary>
    public const int MaxReceiveBytes = 20 * 1024 * 1024;

    private readonly WebApplication _application;

    private EchoServer(WebApplication application) => _application = application;

    /// <summary>Where the server listens, such as <c>http://127.0.0.1:43210</c>.</summary>
    public Uri Address => new(_application.Urls.Single());

    /// <summary>Starts a server.</summary>
    /// <returns>The running server.</returns>
    public static async Task<EchoServer> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var counters = new ServerCounters();
        builder.Services.AddSingleton(counters);
        builder.Services.AddSingleton<CallPoints>();
        builder.Services.AddGrpc(options => Configure(options, counters));
        builder.WebHost.ConfigureKestrel(options => Configure(options, counters));

        var application = builder.Build();
        application.MapGrpcService<EchoService>();
        await application.StartAsync();
        return new(application);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _application.DisposeAsync();

    private static void Configure(GrpcServiceOptions options, ServerCounters counters)
    {
        options.MaxReceiveMessageSize = MaxReceiveBytes;
        options.Interceptors.Add<KindInterceptor>();
        options.CompressionProviders =
        [
            new CountingCompressionProvider(new GzipCompressionProvider(CompressionLevel.Fastest), counters),
            new CountingCompressionProvider(new DeflateCompressionProvider(CompressionLevel.Fastest), counters),
        ];
    }

    private static void Configure(KestrelServerOptions options, ServerCounters counters)
    {
        // Kestrel's own limit of 100 would leave the 101st open stream waiting without an error.
        options.Limits.Http2.MaxStreamsPerConnection = 2000;
        options.Limits.MaxRequestBodySize = null;
        options.Listen(System.Net.IPAddress.Loopback, 0, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.Use(next => connection =>
            {
                counters.CountConnection();
                return next(connection);
            });
        });
    }
}

using System.Net;
using Heron.Core.Environments;
using Heron.Server.Hosting;
using Heron.Simulations;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Heron.Benchmarks.Wire;

/// <summary>The real server with an echo beside its services.</summary>
public static class BenchmarkServer
{
    /// <summary>Serves until the process is ended.</summary>
    /// <param name="args"><c>serve</c>, and optionally <c>--listen HOST:PORT</c>; port 0 takes a free one.</param>
    /// <returns>0.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        var options = new HeronServerOptions { Listen = IPEndPoint.Parse(args.Length > 2 ? args[2] : "127.0.0.1:0") };
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddHeronServer(options, HeronEnvironments.AddTo(new EnvironmentRegistry()));
        builder.Services.AddSingleton<EchoService>();
        WebApplication app = builder.Build().MapHeronServer();
        app.MapGrpcService<EchoService>();
        await app.StartAsync();
        string url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        Console.WriteLine($"Listening on {new Uri(url).Authority}");
        await app.WaitForShutdownAsync();
        return 0;
    }
}

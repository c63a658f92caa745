using System.Net;
using Heron.Core.Environments;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http.Features;

namespace Heron.Server.Hosting;

/// <summary>A server that is listening.</summary>
public sealed class HeronServerHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private bool _isDisposed;

    private HeronServerHost(WebApplication app)
    {
        _app = app;
        string url = app.Services.GetRequiredService<IServer>().Features.GetRequiredFeature<IServerAddressesFeature>().Addresses.Single();
        Address = IPEndPoint.Parse(new Uri(url).Authority);
    }

    /// <summary>Address and port that it listens on; the real one when port 0 was asked for.</summary>
    public IPEndPoint Address { get; }

    /// <summary>What the server is made of.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a server.</summary>
    /// <param name="options">Settings.</param>
    /// <param name="registry">The catalogue.</param>
    /// <param name="configure">Last word on services and logging; null for none.</param>
    /// <exception cref="System.ComponentModel.DataAnnotations.ValidationException">A setting is out of range.</exception>
    /// <exception cref="IOException">The address cannot be listened on, for example because the port is taken.</exception>
    public static async Task<HeronServerHost> StartAsync(HeronServerOptions options, EnvironmentRegistry registry, Action<WebApplicationBuilder>? configure = null)
    {
        // Empty: no settings files, environment variables or loggers that nobody asked for.
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore();
        builder.Services.AddSingleton<IHostLifetime, QuietLifetime>();
        builder.Services.AddHeronServer(options, registry);
        configure?.Invoke(builder);
        WebApplication app = builder.Build().MapHeronServer();
        try
        {
            if (options.IsExposed)
            {
                HostLog.Insecure(app.Services.GetRequiredService<ILogger<HeronServerHost>>(), options.Listen);
            }

            await app.StartAsync();
            return new HeronServerHost(app);
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends streams with UNAVAILABLE, lets short calls finish and closes all sessions. Twice is fine.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
        {
            return;
        }

        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}

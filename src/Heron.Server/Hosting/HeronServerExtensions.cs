using System.ComponentModel.DataAnnotations;
using Heron.Core.Environments;
using Heron.Server.Driving;
using Heron.Server.Services;
using Heron.Server.Services.Reflection;
using Heron.Server.Sessions;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Heron.Server.Hosting;

/// <summary>Puts the server into an ASP.NET application.</summary>
public static class HeronServerExtensions
{
    private const int MegabyteBytes = 1 << 20;

    /// <summary>Registers sessions, services and the settings of HTTP/2.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="options">Settings.</param>
    /// <param name="registry">The catalogue.</param>
    /// <returns>The same services, for chaining.</returns>
    /// <exception cref="ValidationException">A setting is out of range.</exception>
    public static IServiceCollection AddHeronServer(this IServiceCollection services, HeronServerOptions options, EnvironmentRegistry registry)
    {
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        services.AddSingleton(Options.Create(options));
        services.AddSingleton(registry);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SessionStore>();
        services.AddHostedService<SessionReaper>();
        services.AddSingleton<StreamDrain>();
        services.AddHostedService(provider => provider.GetRequiredService<StreamDrain>());
        services.AddSingleton<DriveSlots>();
        services.AddSingleton<DriveCalls>();
        services.AddSingleton<RunsFolder>();
        services.AddSingleton<RolloutsService>();
        services.AddSingleton<MultiAgentEnvService>();
        services.AddSingleton<HealthService>();
        services.AddSingleton<ReflectionService>();
        services.AddSingleton<ErrorInterceptor>();
        services.AddLogging();
        services.Replace(ServiceDescriptor.Singleton<ILoggerFactory>(provider => new CallLoggerFactory(ActivatorUtilities.CreateInstance<LoggerFactory>(provider))));
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = options.MaxMessageMegabytes * MegabyteBytes;
            grpc.Interceptors.Add<ErrorInterceptor>();
        });
        services.Configure<KestrelServerOptions>(kestrel => Configure(kestrel, options));
        services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(2));
        return services;
    }

    /// <summary>Makes the services reachable.</summary>
    /// <param name="app">An application with <see cref="AddHeronServer"/>.</param>
    /// <returns>The same application, for chaining.</returns>
    public static WebApplication MapHeronServer(this WebApplication app)
    {
        app.UseMiddleware<MessageLimit>();
        app.MapGrpcService<MultiAgentEnvService>();
        app.MapGrpcService<RolloutsService>();
        app.MapGrpcService<HealthService>();
        app.MapGrpcService<ReflectionService>();
        return app;
    }

    private static void Configure(KestrelServerOptions kestrel, HeronServerOptions options)
    {
        kestrel.AddServerHeader = false;
        kestrel.Listen(options.Listen, listen => listen.Protocols = HttpProtocols.Http2);

        // A learner that computes for minutes sends and reads nothing; only pings tell it from a dead one.
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;
        kestrel.Limits.MaxRequestBodySize = null;
        kestrel.Limits.KeepAliveTimeout = TimeSpan.FromHours(1);
        Http2Limits http2 = kestrel.Limits.Http2;
        http2.KeepAlivePingDelay = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        http2.KeepAlivePingTimeout = TimeSpan.FromSeconds(options.KeepAliveSeconds);
        http2.MaxStreamsPerConnection = options.MaxStreamsPerConnection;

        // Room for a few action blocks on their way, so that a client need not wait for a window update in each.
        http2.InitialStreamWindowSize = 2 * MegabyteBytes;
        http2.InitialConnectionWindowSize = 16 * MegabyteBytes;
        http2.MaxFrameSize = 256 * 1024;
    }
}

using Grpc.Net.Client;
using Heron.Grpc.TestServer;

[assembly: AssemblyFixture(typeof(Heron.Grpc.Tests.Calls.EchoFixture))]

namespace Heron.Grpc.Tests.Calls;

/// <summary>One echo server and one client for all tests of calls.</summary>
public sealed class EchoFixture : IAsyncLifetime
{
    private EchoServer? _server;
    private GrpcChannel? _channel;

    public Uri Address => _server!.Address;

    public GrpcChannel Channel => _channel!;

    public Echo.EchoClient Client => new(Channel);

    public async ValueTask InitializeAsync()
    {
        _server = await EchoServer.StartAsync();
        _channel = GrpcChannel.ForAddress(_server.Address);
    }

    public async ValueTask DisposeAsync()
    {
        _channel?.Dispose();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace Heron.Server.Tests.Shared;

/// <summary>Stands between client and server on TCP, and can hold back what the server says, freeze both ways or cut the line.</summary>
public sealed class CuttingProxy : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly IPEndPoint _server;
    private readonly CancellationTokenSource _stop = new();
    private readonly List<TcpClient> _lines = [];
    private readonly Task _accepting;
    private volatile TaskCompletionSource _replies = Open();
    private volatile TaskCompletionSource _requests = Open();

    public CuttingProxy(IPEndPoint server)
    {
        _server = server;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public IPEndPoint Address => (IPEndPoint)_listener.LocalEndpoint;

    /// <summary>From now on the server's bytes do not arrive.</summary>
    public void HoldReplies() => _replies = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>From now on nothing arrives on either side, but the lines stay open: a frozen machine.</summary>
    public void Freeze()
    {
        HoldReplies();
        _requests = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Drops what was held back and closes all lines; new ones work again.</summary>
    public void Cut()
    {
        TcpClient[] lines;
        lock (_lines)
        {
            lines = [.. _lines];
            _lines.Clear();
        }

        foreach (TcpClient line in lines)
        {
            line.Client.Close(timeout: 0);
            line.Dispose();
        }

        TaskCompletionSource held = _replies;
        _replies = Open();
        held.TrySetResult();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        Cut();
        _requests.TrySetResult();
        await _accepting;
        _stop.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            TcpClient client;
            try
            {
                client = await _listener.AcceptTcpClientAsync(_stop.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                return;
            }

            var server = new TcpClient { NoDelay = true };
            client.NoDelay = true;
            await server.ConnectAsync(_server);
            lock (_lines)
            {
                _lines.AddRange([client, server]);
            }

            _ = RelayAsync(client.GetStream(), server.GetStream(), () => _requests.Task);
            _ = RelayAsync(server.GetStream(), client.GetStream(), () => _replies.Task);
        }
    }

    private static async Task RelayAsync(NetworkStream from, NetworkStream to, Func<Task> gate)
    {
        byte[] buffer = new byte[64 * 1024];
        try
        {
            for (int count; (count = await from.ReadAsync(buffer)) > 0;)
            {
                await gate();
                await to.WriteAsync(buffer.AsMemory(0, count));
            }

            to.Close();
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The line was cut, by the test or by one of the ends.
        }
    }
}

using Grpc.Core;
using Heron.Contracts.V1;

namespace Heron.Server.Tests.Shared;

/// <summary>An open DriveEpisodes call, used like a client would: read what the server tells, answer what it asks.</summary>
public sealed class DriveClient : IDisposable
{
    private readonly AsyncDuplexStreamingCall<DriveEpisodesRequest, DriveEpisodesResponse> _call;

    private DriveClient(AsyncDuplexStreamingCall<DriveEpisodesRequest, DriveEpisodesResponse> call) => _call = call;

    public AsyncDuplexStreamingCall<DriveEpisodesRequest, DriveEpisodesResponse> Call => _call;

    public DriveOpened Opened { get; private set; } = new();

    public static async Task<DriveClient> OpenAsync(RunningServer server, DriveOpen open)
    {
        var drive = new DriveClient(server.Client.DriveEpisodes(cancellationToken: TestContext.Current.CancellationToken));
        await drive.SendAsync(new DriveEpisodesRequest { Open = open });
        drive.Opened = (await drive.ReadAsync()).Opened;
        return drive;
    }

    public Task SendAsync(DriveEpisodesRequest message) => _call.RequestStream.WriteAsync(message, TestContext.Current.CancellationToken);

    public Task AnswerAsync(uint number, float[]? continuous = null, int[]? discrete = null, params uint[] declined) => SendAsync(new DriveEpisodesRequest
    {
        Actions = new DriveActions { Number = number, Continuous = WireBytes.From<float>(continuous), Discrete = WireBytes.From<int>(discrete), Declined = { declined } },
    });

    public Task LogAsync(uint number, uint agent, float action) => SendAsync(new DriveEpisodesRequest
    {
        LogAction = new LogAction { Number = number, Agents = { agent }, Continuous = WireBytes.From(action) },
    });

    public async Task<DriveEpisodesResponse> ReadAsync() => await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken)
        ? _call.ResponseStream.Current
        : throw new InvalidOperationException("The drive has ended.");

    /// <summary>Reads on until the server asks; what it told before is passed over.</summary>
    public async Task<ActionRequest> ReadRequestAsync()
    {
        while (true)
        {
            if ((await ReadAsync()).ActionRequest is { Last: true } request)
            {
                return request;
            }
        }
    }

    /// <summary>Answers with the same number for every continuous action until the server ends the call.</summary>
    /// <returns>Everything that the server told after the opening.</returns>
    public async Task<IReadOnlyList<DriveEpisodesResponse>> PlayAsync(float action)
    {
        var told = new List<DriveEpisodesResponse>();
        while (await _call.ResponseStream.MoveNext(TestContext.Current.CancellationToken))
        {
            DriveEpisodesResponse message = _call.ResponseStream.Current;
            told.Add(message);
            if (message.ActionRequest is { Last: true } request)
            {
                await AnswerAsync(request.Number, [.. Enumerable.Repeat(action, request.Agents.Count)]);
            }
        }

        return told;
    }

    public void Dispose() => _call.Dispose();
}

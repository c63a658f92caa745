using System.Security.Cryptography;
using Grpc.Core;
using Heron.Core.Environments;
using Heron.Server.Driving;
using Heron.Server.Hosting;
using Heron.Server.Mapping;
using Heron.Server.Sessions;
using Microsoft.Extensions.Options;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Services;

/// <summary>Carries out MultiAgentEnv.DriveEpisodes. A drive computes and waits on a thread of its own, because the simulation calls the client in the middle of its work.</summary>
/// <param name="registry">The catalogue.</param>
/// <param name="slots">How many drives there may be.</param>
/// <param name="drain">Tells when the server stops.</param>
/// <param name="options">Has the default lease.</param>
/// <param name="time">The clock of the leases.</param>
/// <param name="logger">Hears of life and death.</param>
internal sealed class DriveCalls(
    EnvironmentRegistry registry, DriveSlots slots, StreamDrain drain, IOptions<HeronServerOptions> options, TimeProvider time, ILogger<DriveCalls> logger)
{
    public Task RunAsync(
        IAsyncStreamReader<Wire.DriveEpisodesRequest> requests, IServerStreamWriter<Wire.DriveEpisodesResponse> responses, CancellationToken callEnds) =>
        drain.RunAsync(
            async ended =>
            {
                if (await requests.MoveNext(ended))
                {
                    await OpenAsync(requests, responses, ended);
                }
            },
            "The server is shutting down; its drives end with it. Connect to another server or try again later.",
            callEnds);

    private async Task OpenAsync(
        IAsyncStreamReader<Wire.DriveEpisodesRequest> requests, IServerStreamWriter<Wire.DriveEpisodesResponse> responses, CancellationToken ended)
    {
        Wire.DriveOpen open = requests.Current.RequestCase == Wire.DriveEpisodesRequest.RequestOneofCase.Open
            ? requests.Current.Open
            : throw new InvalidRequestException("The first message of a drive must be open, with an env_id.");
        Contract.Check(open.ContractVersion);
        TimeSpan lease = Lease.From(open.HasLeaseSeconds ? open.LeaseSeconds : null, options.Value);
        EpisodePlan plan = DriveMapping.PlanOf(open, registry);
        uint seed = open.HasSeed ? open.Seed : BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(sizeof(uint)));
        using var inbox = new DriveInbox(requests, lease, time, ended);
        var client = new DriveConversation(inbox, responses, plan.Environment.Spec);
        var opened = new Wire.DriveOpened
        {
            Spec = SpecMapping.ToWire(plan.Environment.Spec),
            LeaseSeconds = (float)lease.TotalSeconds,
            ContractVersion = Contract.Version,
            ServerVersion = Contract.ServerVersion,
        };
        await slots.RunAsync(() =>
        {
            DriveLog.Opened(logger, open.EnvId);
            using EpisodeRun run = InvalidRequestException.Unless(() => plan.Create(client));
            client.TellOpened(opened);
            Drive(new EpisodeDrive(plan, seed, open.HasEpisodes ? open.Episodes : null), run, inbox, client);
            DriveLog.Ended(logger, open.EnvId);
        });
        ended.ThrowIfCancellationRequested();
    }

    private static void Drive(EpisodeDrive drive, EpisodeRun run, DriveInbox inbox, DriveConversation client)
    {
        using var over = new CancellationTokenSource();
        Task reading = inbox.ReadAsync(over.Token);
        try
        {
            drive.Run(run, client);
        }
        finally
        {
            over.Cancel();
            reading.GetAwaiter().GetResult();
        }
    }
}

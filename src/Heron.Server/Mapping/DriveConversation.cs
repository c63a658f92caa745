using System.Runtime.InteropServices;
using Google.Protobuf;
using Grpc.Core;
using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Server.Driving;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>A client at the other end of a DriveEpisodes call.</summary>
/// <param name="inbox">What it says.</param>
/// <param name="responses">What it is told.</param>
/// <param name="spec">The environment as it sees it.</param>
internal sealed class DriveConversation(DriveInbox inbox, IServerStreamWriter<Wire.DriveEpisodesResponse> responses, EnvironmentSpec spec) : IDriveClient
{
    private readonly DriveAnswers _answers = new(spec);
    private readonly bool[] _toldEnd = new bool[spec.Agents.Count];
    private EpisodeRun? _run;
    private uint _episode;
    private uint _requests;
    private uint _answered;
    private uint _logged;

    /// <inheritdoc/>
    public CancellationToken Stop => inbox.Stop;

    /// <summary>The drive begins.</summary>
    public void TellOpened(Wire.DriveOpened opened) => Send(new Wire.DriveEpisodesResponse { Opened = opened });

    /// <inheritdoc/>
    public void OnStarted(EpisodeRun run, uint episode, uint seed)
    {
        _run = run;
        _episode = episode;
        _requests = _answered = _logged = 0;
        _toldEnd.AsSpan().Clear();
        _answers.Clear();
        Send(new Wire.DriveEpisodesResponse { EpisodeStarted = new Wire.EpisodeStarted { Episode = episode, EpisodeSeed = seed } });
    }

    /// <inheritdoc/>
    public void Act(in ActionRequest request)
    {
        _requests++;
        TellEnds();
        SendRequest(request);
        _answers.Open(request.Agents);
        while (!_answers.Take(inbox.Take($"the answer to request {_requests} of episode {_episode}"), request, _requests, ref _logged))
        {
        }

        _answered++;
    }

    /// <inheritdoc/>
    public void OnEnded(EpisodeEnd end)
    {
        inbox.ThrowIfFailed();
        TellEnds();
        Send(new Wire.DriveEpisodesResponse
        {
            EpisodeEnded = new Wire.EpisodeEnded
            {
                Episode = _episode,
                Requests = _answered,
                LoggedActions = _logged,
                Summary = EpisodeReportMapping.ToWire(_run!.Report(end)),
            },
        });
    }

    private void SendRequest(in ActionRequest request)
    {
        ReadOnlySpan<int> rest = request.Agents;
        while (!rest.IsEmpty)
        {
            var part = new AgentBlocks();
            var wire = new Wire.ActionRequest { Number = _requests, TimeSeconds = request.TimeSeconds, Steps = (uint)_run!.Steps };
            do
            {
                int agent = rest[0];
                rest = rest[1..];
                wire.Agents.Add((uint)agent);
                part.Add(request.Observation(agent), request.Rewards[agent]);
                part.Masks.AddRange(request.Mask(agent));
                part.Times.Add(request.ObservedAtSeconds(agent));
            }
            while (!rest.IsEmpty && part.ByteCount < PackedResults.ChunkBytes);
            wire.Observations = Bytes<float>(part.Observations);
            wire.ActionMasks = Bytes<byte>(part.Masks);
            wire.Rewards = Bytes<float>(part.Rewards);
            wire.ObservedAtSeconds = Bytes<double>(part.Times);
            wire.Last = rest.IsEmpty;
            if (wire.Last)
            {
                wire.Metrics = Bytes(_run.Metrics);
            }

            Send(new Wire.DriveEpisodesResponse { ActionRequest = wire });
        }
    }

    private void TellEnds()
    {
        EpisodeRun run = _run!;
        for (int agent = 0; agent < _toldEnd.Length;)
        {
            var part = new AgentBlocks();
            var wire = new Wire.AgentsEnded();
            for (; agent < _toldEnd.Length && part.ByteCount < PackedResults.ChunkBytes; agent++)
            {
                AgentFlags end = run.EndOf(agent);
                if (end == AgentFlags.None || _toldEnd[agent])
                {
                    continue;
                }

                _toldEnd[agent] = true;
                wire.Agents.Add((uint)agent);

                // An unanswered request has told the rewards already.
                part.Add(run.LastObservation(agent), _answers.IsOpen(agent) ? 0 : run.RewardSinceAsked(agent));
                part.Masks.Add((byte)end);
            }

            if (wire.Agents.Count > 0)
            {
                wire.Observations = Bytes<float>(part.Observations);
                wire.Rewards = Bytes<float>(part.Rewards);
                wire.Flags = Bytes<byte>(part.Masks);
                Send(new Wire.DriveEpisodesResponse { AgentsEnded = wire });
            }
        }
    }

    private void Send(Wire.DriveEpisodesResponse message) =>
        inbox.WaitUntilSent(token => responses.WriteAsync(message, token), $"room for the {message.ResponseCase} of episode {_episode}");

    private static ByteString Bytes<T>(List<T> values)
        where T : unmanaged => Bytes<T>(CollectionsMarshal.AsSpan(values));

    private static ByteString Bytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged => ByteString.CopyFrom(MemoryMarshal.AsBytes(values));

    /// <summary>Blocks of one message while it fills.</summary>
    private sealed class AgentBlocks
    {
        public List<float> Observations { get; } = [];

        public List<float> Rewards { get; } = [];

        /// <summary>Masks, or flags.</summary>
        public List<byte> Masks { get; } = [];

        public List<double> Times { get; } = [];

        public int ByteCount => (sizeof(float) * (Observations.Count + Rewards.Count)) + Masks.Count + (sizeof(double) * Times.Count);

        public void Add(ReadOnlySpan<float> observation, float reward)
        {
            Observations.AddRange(observation);
            Rewards.Add(reward);
        }
    }
}

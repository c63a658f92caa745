using Grpc.Core;
using Heron.Contracts.V1;
using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Server.Tests.Shared;
using EnvironmentSpec = Heron.Core.Environments.EnvironmentSpec;

namespace Heron.Server.Tests.Services;

/// <summary>Episodes that the server drives step by step.</summary>
public class DriveStepTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    // Two episodes with random actions: whatever the drive tells is what a session with the same actions says, bit for bit.
    [Theory]
    [InlineData("Probe-v0")]
    [InlineData("MultiAgentArena-v0")]
    [InlineData("SimpleMicrogrids-v0")]
    [InlineData("Thermostat-v0")]
    public async Task Drive_SameActions_EqualsTheStepStream(string environmentId)
    {
        await using RunningServer server = await RunningServer.StartAsync();
        var registry = (EnvironmentRegistry)server.Host.Services.GetService(typeof(EnvironmentRegistry))!;
        var shadow = new SteppedShadow(registry.Get(environmentId).Configure().Spec, await StepStreamClient.OpenAsync(server.Client, (await server.CreateAsync(environmentId)).SessionId));
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = environmentId, Seed = 5, Episodes = 2 });
        var random = new RandomStream(3);
        int requests = 0, ended = 0;

        while (await drive.Call.ResponseStream.MoveNext(Token))
        {
            DriveEpisodesResponse told = drive.Call.ResponseStream.Current;
            switch (told.ResponseCase)
            {
                case DriveEpisodesResponse.ResponseOneofCase.EpisodeStarted:
                    await shadow.StartAsync(told.EpisodeStarted);
                    break;
                case DriveEpisodesResponse.ResponseOneofCase.ActionRequest:
                    await shadow.SkipToAsync(told.ActionRequest);
                    shadow.AssertAsked(told.ActionRequest);
                    (float[] continuous, int[] discrete) = shadow.Choose(told.ActionRequest, ref random);
                    await drive.AnswerAsync(told.ActionRequest.Number, continuous, discrete);
                    await shadow.StepAsync();
                    requests++;
                    break;
                case DriveEpisodesResponse.ResponseOneofCase.AgentsEnded:
                    await shadow.FinishAsync(told.AgentsEnded);
                    break;
                case DriveEpisodesResponse.ResponseOneofCase.EpisodeEnded:
                    shadow.AssertEnded(told.EpisodeEnded);
                    ended++;
                    break;
            }
        }

        Assert.Equal(2, ended);
        Assert.True(requests > 20);
        Assert.Equal(StatusCode.OK, drive.Call.GetStatus().StatusCode);
    }

    [Fact]
    public async Task Drive_AgentsEnded_AreToldOnceWithTheirLastRewards()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0", Seed = 1, Episodes = 1 });

        IReadOnlyList<DriveEpisodesResponse> told = await drive.PlayAsync(1);

        // Tank 0 is full after 3 litres, tank 1 after 6; each step adds one and is rewarded with the level.
        AgentsEnded[] ends = [.. told.Where(message => message.AgentsEnded is not null).Select(message => message.AgentsEnded)];
        Assert.Equal([[0u], [1u]], ends.Select(end => end.Agents));
        Assert.Equal([3f, 6f], ends.Select(end => Assert.Single(WireBytes.Floats(end.Rewards))));
        Assert.Equal([3f, 6f], ends.Select(end => Assert.Single(WireBytes.Floats(end.Observations))));
        Assert.All(ends, end => Assert.Equal([8], end.Flags.ToByteArray()));
        Assert.Equal([[0u, 1u], [0u, 1u], [0u, 1u], [1u], [1u], [1u]], told.Where(message => message.ActionRequest is not null).Select(message => message.ActionRequest.Agents));
        EpisodeEnded ended = told[^1].EpisodeEnded;
        Assert.Equal(EndReason.Terminated, ended.Summary.EndReason);
        Assert.Equal([6.0, 21.0], ended.Summary.Agents.Select(agent => agent.EpisodeReturn));
        Assert.Equal((6u, 6u, 0u), (ended.Requests, ended.Summary.Steps, ended.LoggedActions));
        Assert.Equal(27, ended.Summary.TotalReturn);
        Assert.Null(ended.Summary.Events);
    }

    [Fact]
    public async Task Drive_MaxSteps_CutsTheAgentsOff()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0", Seed = 1, Episodes = 1, MaxSteps = 2 });

        IReadOnlyList<DriveEpisodesResponse> told = await drive.PlayAsync(1);

        AgentsEnded end = told[^2].AgentsEnded;
        Assert.Equal([0u, 1u], end.Agents);
        Assert.Equal([2f, 2f], WireBytes.Floats(end.Observations));
        Assert.Equal([2f, 2f], WireBytes.Floats(end.Rewards));
        Assert.Equal([16, 16], end.Flags.ToByteArray());
        Assert.Equal(EndReason.MaxSteps, told[^1].EpisodeEnded.Summary.EndReason);
    }

    [Fact]
    public async Task Drive_EnvironmentsOwnLimit_IsTruncated()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0", Seed = 1, Episodes = 1 });

        EpisodeSummary summary = (await drive.PlayAsync(0))[^1].EpisodeEnded.Summary;

        Assert.Equal((EndReason.Truncated, 50u, 50.0), (summary.EndReason, summary.Steps, summary.EndSeconds));
        Assert.All(summary.Agents, agent => Assert.True(agent.Truncated && !agent.Terminated));
    }

    [Fact]
    public async Task Drive_DeclinedAndLogged_KeepAndTakeActions()
    {
        await using RunningServer server = await RunningServer.StartAsync(addEnvironments: registry => registry.Add(TankEnvironment.Definition));
        using DriveClient drive = await DriveClient.OpenAsync(server, new DriveOpen { EnvId = "Tanks-v0", Seed = 1, Episodes = 1, MaxSteps = 3 });

        // Before they give an action, tanks take the neutral one: half a litre.
        await drive.AnswerAsync((await drive.ReadRequestAsync()).Number, [0.25f], null, 1);
        ActionRequest second = await drive.ReadRequestAsync();
        Assert.Equal([0.25f, 0.5f], WireBytes.Floats(second.Observations));
        await drive.LogAsync(2, agent: 1, 1);
        await drive.AnswerAsync(2, [0.5f]);
        ActionRequest third = await drive.ReadRequestAsync();
        Assert.Equal([0.75f, 1.5f], WireBytes.Floats(third.Observations));
        await drive.AnswerAsync(3, null, null, 0, 1);
        AgentsEnded end = (await drive.ReadAsync()).AgentsEnded;
        EpisodeEnded ended = (await drive.ReadAsync()).EpisodeEnded;

        Assert.Equal([1.25f, 2.5f], WireBytes.Floats(end.Observations));
        Assert.Equal((3u, 1u), (ended.Requests, ended.LoggedActions));
    }

    [Fact]
    public async Task Drive_ExposedAgents_AsksForThoseInOneHot()
    {
        await using RunningServer server = await RunningServer.StartAsync();
        using DriveClient drive = await DriveClient.OpenAsync(
            server, new DriveOpen { EnvId = "MultiAgentArena-v0", Seed = 1, Episodes = 1, Agents = { "agent2" }, OneHotObservations = true });

        ActionRequest request = await drive.ReadRequestAsync();

        Assert.Equal(["agent2"], drive.Opened.Spec.Agents.Select(agent => agent.Id));
        Assert.Equal([0u], request.Agents);
        Assert.Equal(200, WireBytes.Floats(request.Observations).Length);
    }

    /// <summary>A session that is stepped with the actions of a drive, and what a client of it would add up.</summary>
    private sealed class SteppedShadow(EnvironmentSpec spec, StepStreamClient stream)
    {
        private const byte MustAct = 4;
        private const byte Ended = 8 + 16;

        private readonly float[] _continuous = new float[spec.Layout.ContinuousLength];
        private readonly int[] _discrete = new int[spec.Layout.DiscreteLength];
        private readonly float[] _rewards = new float[spec.Agents.Count];
        private readonly double[] _returns = new double[spec.Agents.Count];
        private readonly byte[] _ends = new byte[spec.Agents.Count];
        private readonly float[] _observations = new float[spec.Layout.ObservationLength];
        private PackedResult _last = new();
        private uint _steps;

        public async Task StartAsync(EpisodeStarted started)
        {
            Array.Clear(_ends);
            Array.Clear(_rewards);
            Array.Clear(_returns);
            _steps = 0;
            var reset = new StreamReset();
            if (started.Episode == 1)
            {
                reset.Seed = started.EpisodeSeed;
            }

            Note(await stream.SendAsync(new StepStreamRequest { Sequence = stream.NextSequence, Reset = reset }));
            Assert.Equal(started.EpisodeSeed, Assert.Single(WireBytes.UInts(_last.EpisodeSeeds)));
        }

        /// <summary>The server does not ask when nobody must act; it steps on.</summary>
        public async Task SkipToAsync(ActionRequest request)
        {
            while (_steps < request.Steps)
            {
                Assert.DoesNotContain(_last.AgentFlags, flags => (flags & MustAct) != 0);
                await StepAsync();
            }
        }

        public void AssertAsked(ActionRequest request)
        {
            Assert.Equal(_last.AgentFlags.Select((flags, agent) => (flags, agent)).Where(item => (item.flags & MustAct) != 0).Select(item => (uint)item.agent), request.Agents);
            Assert.Equal(request.Agents.SelectMany(agent => _observations[spec.Layout.Observation((int)agent)]), WireBytes.Floats(request.Observations));
            Assert.Equal(request.Agents.SelectMany(agent => _last.ActionMasks.ToByteArray()[spec.Layout.Mask((int)agent)]), request.ActionMasks.ToByteArray());
            Assert.Equal(request.Agents.Select(agent => _rewards[(int)agent]), WireBytes.Floats(request.Rewards));
            Assert.Equal(_last.Metrics, request.Metrics);
            Assert.Equal(_steps, request.Steps);
            Assert.Equal(_steps * (spec.StepSeconds ?? 0), request.TimeSeconds);
            foreach (uint agent in request.Agents)
            {
                _rewards[agent] = 0;
            }
        }

        public (float[] Continuous, int[] Discrete) Choose(ActionRequest request, ref RandomStream random)
        {
            List<float> continuous = [];
            List<int> discrete = [];
            foreach (int agent in request.Agents.Select(agent => (int)agent))
            {
                Range floats = spec.Layout.Continuous(agent), ints = spec.Layout.Discrete(agent);
                spec.Agents[agent].ActionSpace.Sample(ref random, _continuous.AsSpan(floats), _discrete.AsSpan(ints));
                continuous.AddRange(_continuous[floats]);
                discrete.AddRange(_discrete[ints]);
            }

            return ([.. continuous], [.. discrete]);
        }

        public async Task StepAsync()
        {
            Note(await stream.StepAsync(_continuous, _discrete));
            _steps++;
        }

        /// <summary>Agents have ended; at the end of the episode the server may have stepped on without asking.</summary>
        public async Task FinishAsync(AgentsEnded end)
        {
            while (end.Agents.Any(agent => _ends[(int)agent] == 0))
            {
                await StepAsync();
            }

            Assert.Equal(end.Agents.SelectMany(agent => _observations[spec.Layout.Observation((int)agent)]), WireBytes.Floats(end.Observations));
            Assert.Equal(end.Agents.Select(agent => _rewards[(int)agent]), WireBytes.Floats(end.Rewards));
            Assert.Equal(end.Agents.Select(agent => _ends[(int)agent]), end.Flags);
        }

        public void AssertEnded(EpisodeEnded ended)
        {
            Assert.Equal([1], _last.EnvFlags.ToByteArray());
            Assert.Equal(_steps, ended.Summary.Steps);
            Assert.Equal(_returns, ended.Summary.Agents.Select(agent => agent.EpisodeReturn));
            Assert.Equal(spec.MetricNames.Zip(WireBytes.Floats(_last.Metrics)).OrderBy(pair => pair.First), ended.Summary.Metrics.Select(pair => (pair.Key, pair.Value)).OrderBy(pair => pair.Key));
        }

        private void Note(PackedResult result)
        {
            _last = result;
            float[] rewards = WireBytes.Floats(result.Rewards), observations = WireBytes.Floats(result.Observations);
            for (int agent = 0; agent < _rewards.Length; agent++)
            {
                _rewards[agent] += rewards[agent];
                _returns[agent] += rewards[agent];
                _ends[agent] |= (byte)(result.AgentFlags[agent] & Ended);
                observations.AsSpan(spec.Layout.Observation(agent)).CopyTo(_observations.AsSpan(spec.Layout.Observation(agent)));
            }
        }
    }
}

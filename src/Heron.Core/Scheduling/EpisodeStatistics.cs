using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>What has happened so far in an event-driven episode: counts, returns, staleness, and on request every reward.</summary>
/// <remarks>Part of the saved state: a restored episode goes on counting.</remarks>
public sealed class EpisodeStatistics
{
    private const int Kinds = (int)EventKind.ObservationReady + 1;
    private const int Messages = (int)DeliveryKind.AgentMessage + 1;

    private readonly EnvironmentSpec _spec;
    private readonly Agent[] _agents;
    private readonly int[] _treeIndex;
    private readonly Tally[] _tallies;
    private readonly long[] _kinds = new long[Kinds];
    private readonly long[] _messages = new long[Messages];
    private readonly long[] _totals = new long[3];
    private RewardRecord[] _rewards = [];
    private int _rewardCount;

    internal EpisodeStatistics(EnvironmentSpec spec, Agent[] agents)
    {
        _spec = spec;
        _agents = agents;
        _treeIndex = [.. agents.Where(agent => agent.ActionSpace is not null).Select(agent => agent.Index)];
        _tallies = new Tally[agents.Length];
    }

    /// <summary>Events that have happened.</summary>
    public long Events
    {
        get
        {
            long sum = 0;
            foreach (long count in _kinds)
            {
                sum += count;
            }

            return sum;
        }
    }

    /// <summary>Times that others learned of a state: after an effect, a custom event, or a run of the physics.</summary>
    public long StateUpdates => _totals[0];

    /// <summary>Runs of the physics by its clock.</summary>
    public long PhysicsRuns => _totals[1];

    /// <summary>Runs of the physics after a disturbance or on request.</summary>
    public long ExtraPhysicsRuns => _totals[2];

    /// <summary>Disturbances that hit.</summary>
    public long Disturbances => Count(EventKind.EnvironmentUpdate);

    /// <summary>Custom events that reached their handlers.</summary>
    public long CustomEvents => Count(EventKind.Custom);

    /// <summary>Rewards in the order in which they were stored; empty unless <see cref="EventOptions.RecordHistory"/> is set.</summary>
    public ReadOnlySpan<RewardRecord> Rewards => _rewards.AsSpan(0, _rewardCount);

    internal bool RecordsHistory { get; set; }

    /// <summary>Agents whose episode has ended, as far as it is stored.</summary>
    internal int EndedAgents { get; private set; }

    /// <summary>Events of a kind.</summary>
    /// <param name="kind">The kind.</param>
    public long Count(EventKind kind) => _kinds[(int)kind];

    /// <summary>Messages of a kind.</summary>
    /// <param name="message">The kind.</param>
    public long Count(DeliveryKind message) => _messages[(int)message];

    /// <summary>One agent's part.</summary>
    /// <param name="agentId">Any agent of the tree; those that do not act have events only.</param>
    /// <exception cref="ArgumentException">No such agent; the message names those there are.</exception>
    public AgentStatistics Of(string agentId)
    {
        Agent? agent = _spec.Layout.TryGetIndex(agentId, out int acting) ? _agents[_treeIndex[acting]] : Array.Find(_agents, candidate => candidate.Id == agentId);
        ref readonly Tally tally = ref _tallies[agent?.Index
            ?? throw new ArgumentException($"{_spec.Id} has no agent '{agentId}'. Its agents are: {string.Join(", ", _agents.Select(candidate => candidate.Id))}.", nameof(agentId))];
        return new AgentStatistics(
            agentId,
            tally.Events,
            tally.Ticks,
            tally.Observations,
            tally.Decisions,
            tally.Commands,
            tally.Effects,
            tally.Rewards,
            tally.Return,
            tally.Pairs,
            tally.Effects == 0 ? 0 : tally.StalenessSum / 1e9 / tally.Effects,
            tally.StalenessMax / 1e9,
            tally.IsTerminated,
            tally.IsTruncated);
    }

    internal void Clear()
    {
        _tallies.AsSpan().Clear();
        _kinds.AsSpan().Clear();
        _messages.AsSpan().Clear();
        _totals.AsSpan().Clear();
        _rewardCount = 0;
        EndedAgents = 0;
    }

    internal void CountEvent(in EventRecord record)
    {
        _kinds[(int)record.Kind]++;
        _messages[(int)record.Delivery] += record.Kind == EventKind.MessageDelivery ? 1 : 0;
        if (record.Agent >= 0)
        {
            _tallies[record.Agent].Events++;
        }
    }

    internal void CountTick(int agent) => _tallies[agent].Ticks++;

    internal long TicksOf(int agent) => _tallies[agent].Ticks;

    internal void CountObservation(int agent) => _tallies[agent].Observations++;

    internal void CountDecision(int agent) => _tallies[agent].Decisions++;

    internal void CountCommand(int agent) => _tallies[agent].Commands++;

    internal void CountEffect(int agent, long staleness)
    {
        ref Tally tally = ref _tallies[agent];
        tally.Effects++;
        tally.StalenessSum += staleness;
        tally.StalenessMax = Math.Max(tally.StalenessMax, staleness);
    }

    internal void CountStateUpdate() => _totals[0]++;

    internal void CountPhysics(EventOrigin origin) => _totals[origin == EventOrigin.Periodic ? 1 : 2]++;

    internal void Add(in RewardRecord record)
    {
        ref Tally tally = ref _tallies[_treeIndex[record.Agent]];
        tally.Rewards++;
        tally.Return += record.Reward;
        tally.Pairs += record.Pairs;

        // Rewards may overtake each other on their way, so the one that ends the episode need not be the last.
        tally.IsTerminated |= record.IsTerminated;
        tally.IsTruncated |= record.IsTruncated;
        EndedAgents += record.IsTerminated || record.IsTruncated ? 1 : 0;
        if (RecordsHistory)
        {
            if (_rewardCount == _rewards.Length)
            {
                Array.Resize(ref _rewards, Math.Max(64, 2 * _rewardCount));
            }

            _rewards[_rewardCount++] = record;
        }
    }

    internal int ByteCount => (2 * sizeof(int)) + StateWriter.BytesOf<Tally>(_tallies.Length) + StateWriter.BytesOf<long>(Kinds + Messages + _totals.Length)
        + StateWriter.BytesOf<RewardRecord>(_rewardCount);

    internal void Save(ref StateWriter writer)
    {
        writer.Write(EndedAgents);
        writer.Write(_rewardCount);
        writer.WriteAll<Tally>(_tallies);
        writer.WriteAll<long>(_kinds);
        writer.WriteAll<long>(_messages);
        writer.WriteAll<long>(_totals);
        writer.WriteAll<RewardRecord>(Rewards);
    }

    internal void Load(ref StateReader reader)
    {
        EndedAgents = reader.ReadInt32();
        _rewardCount = reader.ReadInt32();
        reader.ReadAll<Tally>(_tallies);
        reader.ReadAll<long>(_kinds);
        reader.ReadAll<long>(_messages);
        reader.ReadAll<long>(_totals);
        reader.ReadAll(ref _rewards, _rewardCount);
    }

    private struct Tally
    {
        public long Events;
        public long Ticks;
        public long Observations;
        public long Decisions;
        public long Commands;
        public long Effects;
        public long Rewards;
        public long Pairs;
        public long StalenessSum;
        public long StalenessMax;
        public double Return;
        public bool IsTerminated;
        public bool IsTruncated;
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Core.Scheduling;

/// <summary>The durations of all agents' schedules, drawn from one random stream per agent and purpose.</summary>
internal sealed class DelaySampler
{
    private const int Kinds = 4;
    private const double LeastIntervalNanoseconds = 1e6;

    private static readonly string[] Purposes = ["tick", "observation delay", "action delay", "message delay"];

    private readonly ulong[] _keys;
    private readonly RandomStream[] _streams;
    private readonly long[] _bases;
    private readonly ScheduleConfig[] _schedules;

    public DelaySampler(AgentTree tree)
    {
        int agents = tree.Agents.Count;
        _keys = new ulong[agents * Kinds];
        _streams = new RandomStream[_keys.Length];
        _bases = new long[_keys.Length];
        _schedules = new ScheduleConfig[agents];
        for (int i = 0; i < _keys.Length; i++)
        {
            _keys[i] = RandomStream.Key(tree.Agents[i / Kinds].Id, Purposes[i % Kinds]);
        }
    }

    public ScheduleConfig this[int agent]
    {
        get => _schedules[agent];
        set
        {
            _schedules[agent] = value;
            Span<long> bases = _bases.AsSpan(agent * Kinds, Kinds);
            bases[(int)Duration.Tick] = value.TickIntervalNanoseconds;
            bases[(int)Duration.Observation] = value.ObservationDelayNanoseconds;
            bases[(int)Duration.Action] = value.ActionDelayNanoseconds;
            bases[(int)Duration.Message] = value.MessageDelayNanoseconds;
        }
    }

    public void Start(uint seed)
    {
        for (int i = 0; i < _streams.Length; i++)
        {
            _streams[i] = RandomStream.ForEpisode(seed, _keys[i]);
        }
    }

    /// <summary>One use of a duration, in nanoseconds.</summary>
    public long Draw(int agent, Duration duration)
    {
        int index = (agent * Kinds) + (int)duration;
        long mean = _bases[index];
        return mean == 0 || _schedules[agent].Jitter == JitterKind.None ? mean : Jitter(index, mean, _schedules[agent]);
    }

    public int ByteCount => StateWriter.BytesOf<RandomStream>(_streams.Length);

    public void Save(ref StateWriter writer) => writer.WriteAll<RandomStream>(_streams);

    public void Load(ref StateReader reader) => reader.ReadAll<RandomStream>(_streams);

    private long Jitter(int index, long mean, ScheduleConfig schedule)
    {
        ref RandomStream stream = ref _streams[index];
        double deviation = schedule.Jitter == JitterKind.Uniform ? (2 * stream.NextDouble()) - 1 : stream.NextGaussian();
        double least = index % Kinds == (int)Duration.Tick ? Math.Min(mean, LeastIntervalNanoseconds) : schedule.MinDelayNanoseconds;
        return (long)Math.Round(Math.Max(least, mean + (mean * schedule.JitterRatio * deviation)));
    }
}

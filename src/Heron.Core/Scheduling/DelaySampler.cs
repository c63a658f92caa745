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
    private readonly Source[] _sources;
    private readonly ScheduleConfig[] _schedules;

    public DelaySampler(AgentTree tree)
    {
        int agents = tree.Agents.Count;
        _keys = new ulong[agents * Kinds];
        _sources = new Source[_keys.Length];
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
            Span<Source> sources = _sources.AsSpan(agent * Kinds, Kinds);
            sources[(int)Duration.Tick].Follow(value, value.TickIntervalNanoseconds, Math.Min(value.TickIntervalNanoseconds, LeastIntervalNanoseconds));
            sources[(int)Duration.Observation].Follow(value, value.ObservationDelayNanoseconds, value.MinDelayNanoseconds);
            sources[(int)Duration.Action].Follow(value, value.ActionDelayNanoseconds, value.MinDelayNanoseconds);
            sources[(int)Duration.Message].Follow(value, value.MessageDelayNanoseconds, value.MinDelayNanoseconds);
        }
    }

    public void Start(uint seed)
    {
        for (int i = 0; i < _sources.Length; i++)
        {
            _sources[i].Stream = RandomStream.ForEpisode(seed, _keys[i]);
        }
    }

    /// <summary>One use of a duration, in nanoseconds.</summary>
    public long Draw(int agent, Duration duration)
    {
        ref Source source = ref _sources[(agent * Kinds) + (int)duration];
        return source.Mean == 0 || source.Jitter == JitterKind.None ? source.Mean : source.Vary();
    }

    public int ByteCount => StateWriter.BytesOf<RandomStream>(_sources.Length);

    public void Save(ref StateWriter writer)
    {
        foreach (ref readonly Source source in _sources.AsSpan())
        {
            writer.WriteAll(new ReadOnlySpan<RandomStream>(in source.Stream));
        }
    }

    public void Load(ref StateReader reader)
    {
        foreach (ref Source source in _sources.AsSpan())
        {
            reader.ReadAll(new Span<RandomStream>(ref source.Stream));
        }
    }

    // All that one draw needs, side by side: with many agents what takes time is to fetch it.
    private struct Source
    {
        public RandomStream Stream;
        public long Mean;
        public JitterKind Jitter;
        private double _spread;
        private double _least;

        public void Follow(ScheduleConfig schedule, long mean, double least)
        {
            Mean = mean;
            Jitter = schedule.Jitter;
            _spread = mean * schedule.JitterRatio;
            _least = least;
        }

        public long Vary()
        {
            double deviation = Jitter == JitterKind.Uniform ? (2 * Stream.NextDouble()) - 1 : Stream.NextGaussian();
            return (long)Math.Round(Math.Max(_least, Mean + (_spread * deviation)));
        }
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Core.Scheduling;

/// <summary>Brings the disturbances of a schedule into an episode: the scripted ones at once, of each random process the next one.</summary>
internal sealed class DisturbanceFeed(EventRun run)
{
    private RandomStream[] _streams = [];
    private ulong[] _streamKeys = [];

    /// <summary>That of the episode.</summary>
    public DisturbanceSchedule Schedule { get; private set; } = DisturbanceSchedule.None;

    /// <summary>Checks that the system agent can take them.</summary>
    public static void Check(string environmentId, SystemAgent root, DisturbanceSchedule schedule)
    {
        if ((schedule.ScriptedTimes.Length > 0 || schedule.Random.Count > 0) && !root.Overrides(nameof(SystemAgent.ApplyDisturbance)))
        {
            throw new ArgumentException(
                $"{environmentId} knows no disturbances: its system agent '{root.Id}' does not override ApplyDisturbance. Override it, or run without disturbances.", nameof(schedule));
        }
    }

    public void Start(DisturbanceSchedule schedule, uint seed)
    {
        Schedule = schedule;
        if (_streams.Length != schedule.Random.Count)
        {
            _streams = new RandomStream[schedule.Random.Count];
        }

        if (_streamKeys.Length < _streams.Length)
        {
            _streamKeys = [.. Enumerable.Range(0, _streams.Length).Select(process => RandomStream.Key($"{process}", "disturbances"))];
        }

        for (int i = 0; i < schedule.ScriptedTimes.Length; i++)
        {
            run.Schedule(schedule.ScriptedTimes[i].Time, EventPriority.StateChange, EventKind.EnvironmentUpdate, run.Plan.State.Tree.Root.Index, source: i);
        }

        for (int i = 0; i < _streams.Length; i++)
        {
            _streams[i] = RandomStream.ForEpisode(seed, _streamKeys[i]);
            ScheduleNext(i);
        }
    }

    /// <summary>The disturbance of an event; a random process goes on to its next one.</summary>
    public Disturbance Take(in EventRecord record)
    {
        Disturbance taken = Of(record);
        if (record.Payload >= 0)
        {
            ScheduleNext(record.Source);
        }

        return taken;
    }

    /// <summary>The disturbance of an event, to name it.</summary>
    public Disturbance Of(in EventRecord record) =>
        record.Payload < 0 ? Schedule.ScriptedTimes[record.Source].Disturbance : Schedule.Random[record.Source].Types[record.Payload];

    public int ByteCount => StateWriter.BytesOf<RandomStream>(_streams.Length);

    public void Save(ref StateWriter writer) => writer.WriteAll<RandomStream>(_streams);

    /// <param name="reader">Where it stands.</param>
    /// <param name="schedule">The schedule of the saved episode; schedules are not part of a state.</param>
    public void Load(ref StateReader reader, DisturbanceSchedule schedule)
    {
        Schedule = schedule;
        _streams = _streams.Length == schedule.Random.Count ? _streams : new RandomStream[schedule.Random.Count];
        reader.ReadAll<RandomStream>(_streams);
    }

    // Source is the process, payload the type that was drawn.
    private void ScheduleNext(int process)
    {
        PoissonDisturbances random = Schedule.Random[process];
        ref RandomStream stream = ref _streams[process];
        double waitSeconds = -Math.Log(1 - stream.NextDouble()) / random.RatePerSecond;
        int type = stream.NextInt32(random.Types.Count);
        long wait = (long)Math.Min(Math.Round(waitSeconds * 1e9), long.MaxValue / 2);
        if ((run.Now + (double)wait) / 1e9 < random.EndSeconds)
        {
            run.Schedule(wait, EventPriority.StateChange, EventKind.EnvironmentUpdate, run.Plan.State.Tree.Root.Index, source: process, payload: type);
        }
    }
}

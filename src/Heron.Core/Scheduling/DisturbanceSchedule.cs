using System.Globalization;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>Which disturbances hit an episode and when; step mode knows none.</summary>
public sealed class DisturbanceSchedule
{
    private readonly (long Time, Disturbance Disturbance)[] _scripted;

    /// <summary>Schedules disturbances.</summary>
    /// <param name="scripted">Times in simulated seconds since the reset, 0 or more, in any order; those of one instant happen in the order given.</param>
    /// <param name="random">Random ones on top; default none.</param>
    /// <exception cref="ArgumentException">A time or a rate is out of range, or there is nothing to choose from.</exception>
    public DisturbanceSchedule(IEnumerable<(double TimeSeconds, Disturbance Disturbance)> scripted, IEnumerable<PoissonDisturbances>? random = null)
    {
        _scripted = [.. scripted.Select(item => (ScheduleConfig.ToDelay(item.TimeSeconds, nameof(item.TimeSeconds)), item.Disturbance)).OrderBy(item => item.Item1)];
        Random = [.. random ?? []];
        foreach (PoissonDisturbances process in Random)
        {
            Check(process);
        }

        Hash = HashOf(_scripted, Random);
    }

    /// <summary>No disturbances.</summary>
    public static DisturbanceSchedule None { get; } = new([]);

    /// <summary>Scripted disturbances, in the order in which they happen.</summary>
    public IReadOnlyList<(double TimeSeconds, Disturbance Disturbance)> Scripted => [.. _scripted.Select(item => (item.Time / 1e9, item.Disturbance))];

    /// <summary>Random disturbances.</summary>
    public IReadOnlyList<PoissonDisturbances> Random { get; }

    internal ReadOnlySpan<(long Time, Disturbance Disturbance)> ScriptedTimes => _scripted;

    /// <summary>Tells schedules apart whose saved states do not fit each other.</summary>
    internal ulong Hash { get; }

    /// <summary>Schedules disturbances at random times with a constant rate.</summary>
    /// <param name="ratePerSecond">Mean number per simulated second, more than 0.</param>
    /// <param name="types">Disturbances to choose from, all equally likely.</param>
    /// <param name="endSeconds">None happens at or after this time.</param>
    /// <exception cref="ArgumentException">The rate is out of range, or there is nothing to choose from.</exception>
    public static DisturbanceSchedule Poisson(double ratePerSecond, IReadOnlyList<Disturbance> types, double endSeconds = double.PositiveInfinity) =>
        new([], [new PoissonDisturbances(ratePerSecond, types, endSeconds)]);

    private static ulong HashOf((long Time, Disturbance Disturbance)[] scripted, IReadOnlyList<PoissonDisturbances> random)
    {
        var hash = default(StateHash);
        foreach ((long time, Disturbance disturbance) in scripted)
        {
            hash.Add((ulong)time);
            Add(ref hash, disturbance);
        }

        foreach (PoissonDisturbances process in random)
        {
            hash.Add(BitConverter.DoubleToUInt64Bits(process.RatePerSecond));
            hash.Add(BitConverter.DoubleToUInt64Bits(process.EndSeconds));
            foreach (Disturbance type in process.Types)
            {
                Add(ref hash, type);
            }
        }

        return hash.ToUInt64();
    }

    private static void Add(ref StateHash hash, Disturbance disturbance)
    {
        hash.Add(disturbance.Type);
        hash.Add(disturbance.RequiresPhysics ? 1u : 0u);
        foreach ((string name, double value) in disturbance.Payload.OrderBy(number => number.Key, StringComparer.Ordinal))
        {
            hash.Add(name);
            hash.Add(BitConverter.DoubleToUInt64Bits(value));
        }
    }

    private static void Check(PoissonDisturbances process)
    {
        if (!double.IsFinite(process.RatePerSecond) || process.RatePerSecond <= 0)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Random disturbances come at a rate of {process.RatePerSecond} per second; it is a finite number above 0."));
        }

        if (process.Types.Count == 0)
        {
            throw new ArgumentException("Random disturbances have no types to choose from; name at least one.");
        }

        if (!(process.EndSeconds > 0))
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"Random disturbances end at {process.EndSeconds} s; give a time after the reset."));
        }
    }
}

using Heron.Core.Scheduling;

namespace Heron.Server.Commands;

/// <summary>Parts of schedules as a person types and reads them.</summary>
internal static class TimingText
{
    private static readonly Dictionary<string, EventTiming> Words = new(StringComparer.Ordinal)
    {
        ["none"] = EventTiming.None,
        ["tick"] = EventTiming.TickIntervals,
        ["observation"] = EventTiming.ObservationDelays,
        ["action"] = EventTiming.ActionDelays,
        ["message"] = EventTiming.MessageDelays,
        ["jitter"] = EventTiming.Jitter,
        ["all"] = EventTiming.All,
    };

    /// <summary>What may be typed.</summary>
    public static string Allowed => string.Join(", ", Words.Keys);

    /// <summary>Reads words with commas between them.</summary>
    /// <returns>Null when one of them is none.</returns>
    public static EventTiming? Parse(string text)
    {
        EventTiming sum = EventTiming.None;
        foreach (string word in text.Split(','))
        {
            if (!Words.TryGetValue(word.Trim(), out EventTiming parts))
            {
                return null;
            }

            sum |= parts;
        }

        return sum;
    }

    /// <summary>Writes parts so that <see cref="Parse"/> reads them again.</summary>
    public static string Format(EventTiming timing) => Words.FirstOrDefault(word => word.Value == timing).Key
        ?? string.Join(',', Words.Where(word => word.Value is not (EventTiming.None or EventTiming.All) && timing.HasFlag(word.Value)).Select(word => word.Key));
}

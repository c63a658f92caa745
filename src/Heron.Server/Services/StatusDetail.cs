using System.Text;

namespace Heron.Server.Services;

/// <summary>Keeps messages small enough for the trailers that carry them: clients refuse more than about 8 KiB.</summary>
internal static class StatusDetail
{
    // Characters outside ASCII travel as three per byte.
    private const int MaximumBytes = 3000;
    private const string Cut = " [...]";

    /// <summary>The message, cut where it would be too long. A name that a client sent may be of any length.</summary>
    public static string Limit(string message)
    {
        int bytes = 0, length = 0;
        foreach (Rune rune in message.EnumerateRunes())
        {
            bytes += rune.IsAscii && rune.Value is >= ' ' and not '%' ? 1 : 3 * rune.Utf8SequenceLength;
            if (bytes > MaximumBytes)
            {
                return message[..length] + Cut;
            }

            length += rune.Utf16SequenceLength;
        }

        return message;
    }
}

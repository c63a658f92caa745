using System.Runtime.InteropServices;
using System.Text;

namespace Heron.Server.Sessions;

/// <summary>A 64-bit hash that tells a repeated request from a different one. It guards against mistakes of a client, not against malice: both requests are its own.</summary>
/// <remarks>Eight bytes per round: xor, a 64 by 64 bit product, and both halves folded, as in the wyhash family (Wang Yi, 2019).</remarks>
public struct ContentHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15;
    private ulong _state;

    /// <summary>The hash of all that was added so far.</summary>
    public readonly ulong Value => Fold(_state ^ Odd, Odd);

    /// <summary>Adds a number.</summary>
    /// <param name="value">Any number.</param>
    public void Add(ulong value) => _state = Fold(_state ^ value, Odd) + Odd;

    /// <summary>Adds bytes and how many they are.</summary>
    /// <param name="bytes">Any bytes.</param>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        Add((ulong)bytes.Length);
        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(bytes);
        foreach (ulong word in words)
        {
            Add(word);
        }

        ulong rest = 0;
        foreach (byte value in bytes[(words.Length * sizeof(ulong))..])
        {
            rest = (rest << 8) | value;
        }

        Add(rest);
    }

    /// <summary>Adds a text.</summary>
    /// <param name="text">Any text.</param>
    public void Add(string text) => Add(Encoding.UTF8.GetBytes(text));

    private static ulong Fold(ulong left, ulong right)
    {
        ulong high = Math.BigMul(left, right, out ulong low);
        return high ^ low;
    }
}

namespace Heron.Core.Randomness;

/// <summary>How the seeds of copies and of successive episodes follow from one number.</summary>
/// <remarks>
/// Episode seeds are 32-bit, so that they can be read and typed in JSON. The next seed follows from the last one alone:
/// whoever knows the seed of the episode that is running can rebuild every later episode of that copy.
/// </remarks>
public static class EpisodeSeed
{
    /// <summary>The first seed of copy <paramref name="copy"/> for a base seed: their sum, as Gymnasium's vector environments do.</summary>
    /// <param name="baseSeed">Seed given for all copies.</param>
    /// <param name="copy">Index of the copy, from 0.</param>
    public static uint ForCopy(uint baseSeed, int copy) => unchecked(baseSeed + (uint)copy);

    /// <summary>The seed of the episode after the one with <paramref name="seed"/>. A copy meets every seed once before one comes back.</summary>
    /// <param name="seed">Seed of the episode that ended.</param>
    /// <remarks>
    /// A linear congruential step, multiplier and increment of Knuth and Lewis: its period is 2^32 from every start (Hull and Dobell, 1962).
    /// Its low bits are regular; a <see cref="RandomStream"/> hashes its seed, so that neighbours give unlike streams.
    /// </remarks>
    public static uint Next(uint seed) => unchecked((seed * 1664525) + 1013904223);
}

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

    /// <summary>The seed of the episode after the one with <paramref name="seed"/>; a bijection, so copies never fall into step.</summary>
    /// <param name="seed">Seed of the episode that ended.</param>
    public static uint Next(uint seed)
    {
        // Finalizer of MurmurHash3 (Appleby), a bijection on 32 bits; the odd increment keeps 0 from mapping to itself.
        uint z = unchecked(seed + 0x9E3779B9);
        z = unchecked((z ^ (z >> 16)) * 0x85EBCA6B);
        z = unchecked((z ^ (z >> 13)) * 0xC2B2AE35);
        return z ^ (z >> 16);
    }
}

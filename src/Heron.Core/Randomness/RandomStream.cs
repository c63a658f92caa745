using System.Numerics;
using System.Text;

namespace Heron.Core.Randomness;

/// <summary>A seeded random stream of 32 bytes, a plain value that can live in a state store and be saved with it.</summary>
/// <remarks>
/// The generator is xoshiro256** (Blackman and Vigna, 2018), seeded through SplitMix64 (Steele, Lea and Flood, 2014).
/// The default value is no stream (it gives zeros for ever): start one from a seed.
/// Streams of one seed are kept apart by the owner's name and a purpose, so that adding an agent changes nobody else's numbers.
/// </remarks>
public struct RandomStream
{
    private ulong _s0;
    private ulong _s1;
    private ulong _s2;
    private ulong _s3;

    /// <summary>Starts a stream.</summary>
    /// <param name="seed">Any number; equal seeds give equal streams.</param>
    public RandomStream(ulong seed)
    {
        ulong state = seed;
        _s0 = SplitMix(ref state);
        _s1 = SplitMix(ref state);
        _s2 = SplitMix(ref state);
        _s3 = SplitMix(ref state);
    }

    /// <summary>Starts the stream that belongs to one owner and purpose within an episode.</summary>
    /// <param name="seed">The episode's seed.</param>
    /// <param name="streamKey">From <see cref="Key"/>, computed once when the environment is built.</param>
    public static RandomStream ForEpisode(uint seed, ulong streamKey) => new(seed ^ BitOperations.RotateLeft(streamKey, 32));

    /// <summary>A number for an owner and a purpose that is the same in every process (FNV-1a, 64 bits).</summary>
    /// <param name="owner">For example an agent's id.</param>
    /// <param name="purpose">For example <c>noise</c>.</param>
    public static ulong Key(string owner, string purpose)
    {
        ulong hash = 14695981039346656037;
        foreach (byte value in Encoding.UTF8.GetBytes($"{owner}\0{purpose}"))
        {
            hash = (hash ^ value) * 1099511628211;
        }

        return hash;
    }

    /// <summary>The next 64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s1 * 5, 7) * 9;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A uniform number in [0, 1), 53 random bits.</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A uniform whole number in [0, <paramref name="exclusiveBound"/>), without bias (Lemire, 2019).</summary>
    /// <param name="exclusiveBound">At least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The bound is below 1.</exception>
    public int NextInt32(int exclusiveBound)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(exclusiveBound, 1);
        uint bound = (uint)exclusiveBound;
        ulong product = (NextUInt64() >> 32) * bound;
        if ((uint)product < bound)
        {
            uint threshold = (0u - bound) % bound;
            while ((uint)product < threshold)
            {
                product = (NextUInt64() >> 32) * bound;
            }
        }

        return (int)(product >> 32);
    }

    /// <summary>A normal number of mean 0 and standard deviation 1 (Box and Muller, 1958; one of the pair, so that the stream has no hidden half).</summary>
    public double NextGaussian()
    {
        double radius = Math.Sqrt(-2 * Math.Log(1 - NextDouble()));
        return radius * Math.Cos(2 * Math.PI * NextDouble());
    }

    internal static ulong SplitMix(ref ulong state)
    {
        state += 0x9E3779B97F4A7C15;
        ulong z = state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}

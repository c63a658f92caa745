using Heron.Core.Randomness;

namespace Heron.Core.Tests.Randomness;

public sealed class EpisodeSeedTests
{
    [Theory]
    [InlineData(0u, 0, 0u)]
    [InlineData(7u, 3, 10u)]
    [InlineData(uint.MaxValue, 1, 0u)]
    public void ForCopy_BaseSeed_AddsTheIndex(uint seed, int copy, uint expected) => Assert.Equal(expected, EpisodeSeed.ForCopy(seed, copy));

    [Fact]
    public void Next_ManySeeds_IsInvertible()
    {
        for (uint sample = 0; sample < 200_000; sample++)
        {
            uint seed = unchecked(sample * 2654435761);

            Assert.Equal(seed, Previous(EpisodeSeed.Next(seed)));
        }
    }

    [Fact]
    public void Next_ManyEpisodes_NeverRepeatsASeed()
    {
        var seen = new HashSet<uint>();
        uint seed = 0;
        for (int episode = 0; episode < 100_000; episode++)
        {
            Assert.True(seen.Add(seed));
            seed = EpisodeSeed.Next(seed);
        }
    }

    // The inverse of MurmurHash3's finalizer: the multipliers' inverses modulo 2^32, and shifts undone from the top.
    private static uint Previous(uint z)
    {
        z ^= z >> 16;
        z = unchecked(z * Inverse(0xC2B2AE35));
        z ^= (z >> 13) ^ (z >> 26);
        z = unchecked(z * Inverse(0x85EBCA6B));
        z ^= z >> 16;
        return unchecked(z - 0x9E3779B9);
    }

    // Newton's iteration doubles the number of right bits each time.
    private static uint Inverse(uint odd)
    {
        uint inverse = odd;
        for (int i = 0; i < 5; i++)
        {
            inverse = unchecked(inverse * (2 - (odd * inverse)));
        }

        return inverse;
    }
}

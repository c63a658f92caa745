using Heron.Core.Randomness;

namespace Heron.Core.Tests.Randomness;

public sealed class EpisodeSeedTests
{
    [Theory]
    [InlineData(0u, 0, 0u)]
    [InlineData(7u, 3, 10u)]
    [InlineData(uint.MaxValue, 1, 0u)]
    public void ForCopy_BaseSeed_AddsTheIndex(uint seed, int copy, uint expected) => Assert.Equal(expected, EpisodeSeed.ForCopy(seed, copy));

    // From Numerical Recipes, section 7.1: the first numbers of this generator, starting from 0.
    [Fact]
    public void Next_FromZero_IsTheKnownSequence()
    {
        uint[] seeds = new uint[6];
        for (int episode = 1; episode < seeds.Length; episode++)
        {
            seeds[episode] = EpisodeSeed.Next(seeds[episode - 1]);
        }

        Assert.Equal([0, 0x3C6EF35F, 0x47502932, 0xD1CCF6E9, 0xAAF95334, 0x6252E503], seeds);
    }

    // A hash as the step has fixed points and short cycles; MurmurHash3's finalizer repeats four of these seeds within 35,000 episodes.
    [Theory]
    [InlineData(430463294u)]
    [InlineData(745u)]
    [InlineData(269797877u)]
    [InlineData(394561851u)]
    [InlineData(0u)]
    public void Next_ManyEpisodes_NeverRepeatsASeed(uint seed)
    {
        var seen = new HashSet<uint>();
        for (int episode = 0; episode < 100_000; episode++)
        {
            Assert.True(seen.Add(seed));
            seed = EpisodeSeed.Next(seed);
        }
    }
}

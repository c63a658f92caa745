using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Randomness;

namespace Heron.Core.Tests.Randomness;

public sealed class RandomStreamTests
{
    [Fact]
    public void NextUInt64_AnySeed_FollowsThePublishedAlgorithm()
    {
        foreach (ulong seed in new ulong[] { 0, 1, 42, ulong.MaxValue })
        {
            var stream = new RandomStream(seed);
            IEnumerable<ulong> expected = Xoshiro256StarStar(SplitMix64(seed).Take(4).ToArray()).Take(1000);

            Assert.All(expected, number => Assert.Equal(number, stream.NextUInt64()));
        }
    }

    [Fact]
    public void SplitMix64_SeedZero_GivesThePublishedFirstNumber() =>
        // The value that Java's SplittableRandom and Vigna's splitmix64.c give for seed 0.
        Assert.Equal(0xE220A8397B1DCDAFUL, SplitMix64(0).First());

    [Fact]
    public void Xoshiro_StateOneTwoThreeFour_GivesThePublishedFirstNumbers()
    {
        // First outputs of xoshiro256** for the state 1, 2, 3, 4, as in the test of the Rust crate rand_xoshiro.
        ulong[] published = [11520, 0, 1509978240, 1215971899390074240, 1216172134540287360];

        RandomStream stream = WithState(1, 2, 3, 4);

        Assert.Equal(published, Enumerable.Range(0, 5).Select(_ => stream.NextUInt64()));
        Assert.Equal(published, Xoshiro256StarStar([1, 2, 3, 4]).Take(5));
    }

    [Fact]
    public void NextDouble_ManyDraws_AreUniformInZeroToOne()
    {
        var stream = new RandomStream(3);
        double sum = 0, squares = 0;
        const int Draws = 100_000;
        for (int i = 0; i < Draws; i++)
        {
            double value = stream.NextDouble();
            Assert.InRange(value, 0, 1 - 1e-16);
            sum += value;
            squares += value * value;
        }

        // Mean 1/2 and mean square 1/3; standard errors about 0.001.
        Assert.InRange(sum / Draws, 0.495, 0.505);
        Assert.InRange(squares / Draws, 0.328, 0.338);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(7)]
    public void NextInt32_ManyDraws_HitsEveryNumberEquallyOften(int bound)
    {
        var stream = new RandomStream(9);
        int[] hits = new int[bound];
        const int Draws = 70_000;
        for (int i = 0; i < Draws; i++)
        {
            hits[stream.NextInt32(bound)]++;
        }

        Assert.All(hits, hit => Assert.InRange(hit, (Draws / bound) - 600, (Draws / bound) + 600));
    }

    [Fact]
    public void NextInt32_HugeBound_IsNotBiased()
    {
        // With bound 3 * 2^29, multiplying alone would favour every third number; thirds show it.
        const int Bound = 3 << 29;
        var stream = new RandomStream(2);
        int[] hits = new int[3];
        for (int i = 0; i < 30_000; i++)
        {
            hits[stream.NextInt32(Bound) % 3]++;
        }

        Assert.All(hits, hit => Assert.InRange(hit, 9_500, 10_500));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    public void NextInt32_BoundBelowOne_Throws(int bound)
    {
        var stream = new RandomStream(9);

        Assert.Throws<ArgumentOutOfRangeException>(() => stream.NextInt32(bound));
    }

    [Fact]
    public void NextGaussian_ManyDraws_HasMeanZeroAndVarianceOne()
    {
        var stream = new RandomStream(4);
        double sum = 0, squares = 0, fourth = 0;
        const int Draws = 100_000;
        for (int i = 0; i < Draws; i++)
        {
            double value = stream.NextGaussian();
            sum += value;
            squares += value * value;
            fourth += value * value * value * value;
        }

        Assert.InRange(sum / Draws, -0.02, 0.02);
        Assert.InRange(squares / Draws, 0.97, 1.03);
        Assert.InRange(fourth / Draws, 2.8, 3.2);
    }

    [Fact]
    public void ForEpisode_OtherSeedOwnerOrPurpose_GivesAnotherStream()
    {
        ulong key = RandomStream.Key("battery_1", "noise");
        ulong[] first =
        [
            RandomStream.ForEpisode(1, key).NextUInt64(),
            RandomStream.ForEpisode(2, key).NextUInt64(),
            RandomStream.ForEpisode(1, RandomStream.Key("battery_2", "noise")).NextUInt64(),
            RandomStream.ForEpisode(1, RandomStream.Key("battery_1", "price")).NextUInt64(),
            RandomStream.ForEpisode(1, RandomStream.Key("battery_1n", "oise")).NextUInt64(),
        ];

        Assert.Equal(5, first.Distinct().Count());
        Assert.Equal(first[0], RandomStream.ForEpisode(1, key).NextUInt64());
    }

    [Fact]
    public void Key_EmptyNames_IsTheHashOfTheSeparator() =>
        // FNV-1a of the single byte 0: offset basis times prime.
        Assert.Equal(unchecked(14695981039346656037UL * 1099511628211UL), RandomStream.Key("", ""));

    [Fact]
    public void RandomStream_CopiedAsBytes_GoesOnAlike()
    {
        var stream = new RandomStream(6);
        stream.NextGaussian();
        byte[] bytes = new byte[Unsafe.SizeOf<RandomStream>()];
        MemoryMarshal.Write(bytes, stream);

        RandomStream restored = MemoryMarshal.Read<RandomStream>(bytes);

        Assert.Equal(32, bytes.Length);
        Assert.Equal(stream.NextGaussian(), restored.NextGaussian());
    }

    private static RandomStream WithState(params ulong[] state) => MemoryMarshal.Read<RandomStream>(MemoryMarshal.AsBytes(state.AsSpan()));

    // Written down from the papers, in their symbols: Blackman and Vigna (2018); Steele, Lea and Flood (2014).
    private static IEnumerable<ulong> Xoshiro256StarStar(ulong[] s)
    {
        while (true)
        {
            yield return BitOperations.RotateLeft(s[1] * 5, 7) * 9;
            ulong t = s[1] << 17;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= t;
            s[3] = (s[3] << 45) | (s[3] >> 19);
        }
    }

    private static IEnumerable<ulong> SplitMix64(ulong x)
    {
        while (true)
        {
            x += 0x9E3779B97F4A7C15;
            ulong z = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            yield return z ^ (z >> 31);
        }
    }
}

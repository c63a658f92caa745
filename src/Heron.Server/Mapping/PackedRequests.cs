using System.Runtime.InteropServices;
using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Resets and steps of all copies as little-endian blocks.</summary>
internal static class PackedRequests
{
    public static ulong HashOfReset(ReadOnlySpan<byte> mask, ReadOnlySpan<byte> seeds, uint? seed)
    {
        var hash = default(ContentHash);
        hash.Add(mask);
        hash.Add(seeds);
        hash.Add(seed is { } value ? value : ulong.MaxValue);
        return hash.Value;
    }

    public static ulong HashOfStep(Wire.StreamStep step)
    {
        var hash = default(ContentHash);
        hash.Add(step.Continuous.Span);
        hash.Add(step.Discrete.Span);
        return hash.Value;
    }

    /// <summary>Resets some or all copies.</summary>
    /// <exception cref="InvalidRequestException">A block has the wrong length, or the mask holds something else than 0 and 1.</exception>
    public static void Reset(Wire.StreamReset reset, VectorEnvironment environment)
    {
        ReadOnlySpan<byte> mask = reset.Mask.Span;
        ReadOnlySpan<byte> seeds = reset.Seeds.Span;
        CheckLength("mask", mask.Length, environment.Count, "1 byte");
        CheckLength("seeds", seeds.Length, environment.Count * sizeof(uint), "4 bytes");
        int wrong = mask.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (wrong >= 0)
        {
            throw new InvalidRequestException($"mask is {mask[wrong]} for copy {wrong}; it takes 0 (leave) or 1 (reset).");
        }

        if (seeds.IsEmpty && mask.IsEmpty)
        {
            environment.Reset(reset.HasSeed ? reset.Seed : null);
        }
        else
        {
            environment.Reset(mask, seeds.IsEmpty && reset.HasSeed ? SeedsFrom(reset.Seed, environment.Count) : MemoryMarshal.Cast<byte, uint>(seeds));
        }
    }

    /// <summary>Takes the actions over and steps all copies.</summary>
    /// <exception cref="InvalidRequestException">A block has the wrong length, or an action is not finite or not a category.</exception>
    public static void Step(Wire.StreamStep step, VectorEnvironment environment)
    {
        Copy("continuous", step.Continuous.Span, environment.ContinuousActions, environment.Count);
        Copy("discrete", step.Discrete.Span, environment.DiscreteActions, environment.Count);
        CheckActions(environment);
        environment.Step();
    }

    /// <summary>Refuses actions that no environment can carry out.</summary>
    /// <exception cref="InvalidRequestException">An action is not finite or not a category of its head.</exception>
    public static void CheckActions(VectorEnvironment environment)
    {
        if (environment.FindActionViolation() is { } violation)
        {
            throw new InvalidRequestException($"{violation.Message} Nothing was stepped.");
        }
    }

    private static void Copy<T>(string field, ReadOnlySpan<byte> bytes, BufferBlock<T> actions, int copies)
        where T : unmanaged
    {
        Span<byte> block = MemoryMarshal.AsBytes(actions.All);
        if (bytes.Length != block.Length)
        {
            throw new InvalidRequestException($"{field} has {bytes.Length} bytes; {copies} copies of {actions.RowLength} numbers of 4 bytes take {block.Length}. See EnvironmentSpec.");
        }

        bytes.CopyTo(block);
    }

    private static void CheckLength(string field, int bytes, int expected, string each)
    {
        if (bytes != expected && bytes != 0)
        {
            throw new InvalidRequestException($"{field} has {bytes} bytes; it takes {each} for each copy, {expected} in all, or none.");
        }
    }

    private static uint[] SeedsFrom(uint seed, int copies)
    {
        var seeds = new uint[copies];
        for (int copy = 0; copy < copies; copy++)
        {
            seeds[copy] = EpisodeSeed.ForCopy(seed, copy);
        }

        return seeds;
    }
}

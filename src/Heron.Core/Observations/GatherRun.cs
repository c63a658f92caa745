using System.Numerics;
using System.Runtime.InteropServices;
using Heron.Core.Features;

namespace Heron.Core.Observations;

/// <summary>Numbers of one kind that stand side by side in the state store.</summary>
/// <param name="Offset">Of the first, in bytes.</param>
/// <param name="Kind">What they are; only floats and doubles come in more than ones.</param>
/// <param name="Count">How many.</param>
internal readonly record struct GatherRun(int Offset, FieldKind Kind, int Count)
{
    /// <summary>Adds a number to a list of runs, to the last of them where it follows that one in memory.</summary>
    public static void Append(List<GatherRun> runs, GatherRun next)
    {
        int size = next.Kind == FieldKind.Double ? sizeof(double) : sizeof(float);
        if (next.Kind is FieldKind.Float or FieldKind.Double && runs.Count > 0
            && runs[^1] is { } last && last.Kind == next.Kind && last.Offset + (last.Count * size) == next.Offset)
        {
            runs[^1] = last with { Count = last.Count + next.Count };
            return;
        }

        runs.Add(next);
    }

    /// <summary>Reads runs one after the other.</summary>
    /// <returns>How many numbers that were.</returns>
    public static int CopyAll(StateStore store, ReadOnlySpan<GatherRun> runs, Span<float> destination)
    {
        int next = 0;
        foreach (ref readonly GatherRun run in runs)
        {
            run.Copy(store, destination.Slice(next, run.Count));
            next += run.Count;
        }

        return next;
    }

    /// <summary>Reads the numbers as floats.</summary>
    public void Copy(StateStore store, Span<float> destination)
    {
        switch (Kind)
        {
            case FieldKind.Float:
                MemoryMarshal.CreateReadOnlySpan(ref store.At<float>(Offset), Count).CopyTo(destination);
                break;
            case FieldKind.Double:
                Narrow(MemoryMarshal.CreateReadOnlySpan(ref store.At<double>(Offset), Count), destination);
                break;
            case FieldKind.Int:
                destination[0] = store.At<int>(Offset);
                break;
            default:
                destination[0] = store.At<bool>(Offset) ? 1 : 0;
                break;
        }
    }

    private static void Narrow(ReadOnlySpan<double> doubles, Span<float> floats)
    {
        int i = 0;
        for (; i <= doubles.Length - Vector<float>.Count; i += Vector<float>.Count)
        {
            Vector.Narrow(new Vector<double>(doubles[i..]), new Vector<double>(doubles[(i + Vector<double>.Count)..])).CopyTo(floats[i..]);
        }

        for (; i < doubles.Length; i++)
        {
            floats[i] = (float)doubles[i];
        }
    }
}

using System.Runtime.CompilerServices;

namespace Heron.Learning.Backends;

/// <summary>Floats at a fixed address that is a multiple of 64 bytes, so that no vector crosses a cache line. Zero at first.</summary>
internal sealed unsafe class AlignedBuffer
{
    private const int Alignment = 64;

    // Keeps the memory alive; pinned, so that the pointer stays valid as long as this object.
    private readonly float[] _memory;

    public AlignedBuffer(int length)
    {
        Length = length;
        _memory = GC.AllocateArray<float>(length + (Alignment / sizeof(float)), pinned: true);
        nuint address = (nuint)Unsafe.AsPointer(ref _memory[0]);
        Pointer = (float*)((address + Alignment - 1) & ~(nuint)(Alignment - 1));
    }

    public float* Pointer { get; }

    public int Length { get; }

    public Span<float> Span => new(Pointer, Length);

    /// <summary>The next multiple of a vector of 16 floats.</summary>
    public static int Pad(int length) => (length + 15) & ~15;
}

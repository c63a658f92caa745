using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Heron.Core.Agents;

namespace Heron.Core.Features;

/// <summary>The handle to a feature: agents, bridges and scores pass it to a context's <c>Get</c> and receive the struct by reference.</summary>
/// <typeparam name="T">A struct whose public fields are doubles, floats, ints or bools. Private fields are state without a vector form; public properties that hold a value are refused (so is a positional record struct).</typeparam>
public sealed class Feature<T> : Feature
    where T : unmanaged
{
    private readonly T _initial;
    private readonly FeatureCheck<T>? _check;

    internal Feature(Agent owner, string name, Visibility visibility, T initial, FeatureCheck<T>? check = null)
        : base(owner, name, visibility, FeatureSchema.Of<T>())
    {
        check?.Invoke(ref initial);
        _initial = initial;
        _check = check;
    }

    /// <summary>The value at the start of every episode.</summary>
    public T Initial => _initial;

    internal override string TypeName => typeof(T).FullName ?? typeof(T).Name;

    internal override int ByteCount => Unsafe.SizeOf<T>();

    internal override bool HasCheck => _check is not null;

    internal override void Check(StateStore store) => _check!(ref store.Get(this));

    internal override void WriteInitial(Span<byte> destination) => MemoryMarshal.Write(destination, in _initial);
}

using System.Runtime.InteropServices;
using Heron.Core.Agents;

namespace Heron.Core.Features;

/// <summary>A feature whose fields are settled when the agent is made: a row of floats with a name each. For records known in advance, a struct is better.</summary>
public sealed class VectorFeature : Feature
{
    private readonly float[] _initial;

    internal VectorFeature(Agent owner, string name, Visibility visibility, IReadOnlyList<string> fieldNames, ReadOnlySpan<float> initial)
        : base(owner, name, visibility, [.. fieldNames.Select((field, i) => new FeatureField(field, FieldKind.Float, "", i * sizeof(float)))])
    {
        _initial = new float[fieldNames.Count];
        initial.CopyTo(_initial);
    }

    /// <summary>Numbers in it.</summary>
    public int Length => _initial.Length;

    /// <summary>The values at the start of every episode.</summary>
    public ReadOnlySpan<float> Initial => _initial;

    internal override string TypeName => "vector";

    internal override int ByteCount => _initial.Length * sizeof(float);

    internal override void WriteInitial(Span<byte> destination) => MemoryMarshal.AsBytes(_initial.AsSpan()).CopyTo(destination);
}

using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Heron.Core.Features;

/// <summary>Feature structs by field name and as vectors: for tools, files and tests, away from the step path.</summary>
public static class FeatureRecord
{
    /// <summary>The fields of a feature, in declaration order.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <exception cref="ArgumentException">A public field has a type without a vector form, or a public property holds a value.</exception>
    public static IReadOnlyList<FeatureField> Fields<T>()
        where T : unmanaged => FeatureSchema.Of<T>();

    /// <summary>The vector form: one float per field, in declaration order; whole numbers widened, bools 0 or 1.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="value">The feature.</param>
    public static float[] ToVector<T>(in T value)
        where T : unmanaged => FeatureBytes.ToVector(FeatureSchema.Of<T>(), AsBytes(ref Unsafe.AsRef(in value)));

    /// <summary>Values by field name, in declaration order: double, float, int or bool.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="value">The feature.</param>
    public static IReadOnlyDictionary<string, object> ToDictionary<T>(in T value)
        where T : unmanaged => FeatureBytes.ToDictionary(FeatureSchema.Of<T>(), AsBytes(ref Unsafe.AsRef(in value)));

    /// <summary>A feature from values by field name.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="values">Numbers or bools by name in snake_case.</param>
    /// <param name="defaults">Values of the fields that are not named.</param>
    /// <exception cref="ArgumentException">There is no such field, or a value does not fit its type; the message names the feature, the field and what is allowed.</exception>
    public static T FromDictionary<T>(IReadOnlyDictionary<string, object> values, T defaults = default)
        where T : unmanaged
    {
        FeatureBytes.Update(typeof(T).Name, FeatureSchema.Of<T>(), AsBytes(ref defaults), values);
        return defaults;
    }

    private static Span<byte> AsBytes<T>(ref T value)
        where T : unmanaged => MemoryMarshal.AsBytes(new Span<T>(ref value));
}

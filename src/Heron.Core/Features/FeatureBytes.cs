using System.Globalization;
using System.Runtime.InteropServices;

namespace Heron.Core.Features;

/// <summary>Reads and writes the fields of a feature where it stands as bytes.</summary>
internal static class FeatureBytes
{
    public static float[] ToVector(IReadOnlyList<FeatureField> fields, ReadOnlySpan<byte> bytes)
    {
        float[] vector = new float[fields.Count];
        for (int i = 0; i < vector.Length; i++)
        {
            vector[i] = Convert.ToSingle(Read(fields[i], bytes), CultureInfo.InvariantCulture);
        }

        return vector;
    }

    public static IReadOnlyDictionary<string, object> ToDictionary(IReadOnlyList<FeatureField> fields, ReadOnlySpan<byte> bytes)
    {
        var values = new OrderedDictionary<string, object>(fields.Count, StringComparer.Ordinal);
        foreach (FeatureField field in fields)
        {
            values.Add(field.Name, Read(field, bytes));
        }

        return values;
    }

    /// <exception cref="ArgumentException">There is no such field, or a value does not fit; nothing has changed.</exception>
    public static void Update(string feature, IReadOnlyList<FeatureField> fields, Span<byte> bytes, IReadOnlyDictionary<string, object> values)
    {
        Span<byte> updated = bytes.ToArray();
        foreach ((string name, object value) in values)
        {
            FeatureField field = fields.FirstOrDefault(field => field.Name == name)
                ?? throw new ArgumentException($"Feature '{feature}' has no field '{name}'. Its fields are: {string.Join(", ", fields.Select(field => field.Name))}.");
            Write(feature, field, updated, value);
        }

        updated.CopyTo(bytes);
    }

    private static object Read(FeatureField field, ReadOnlySpan<byte> bytes) => field.Kind switch
    {
        FieldKind.Double => MemoryMarshal.Read<double>(bytes[field.Offset..]),
        FieldKind.Float => MemoryMarshal.Read<float>(bytes[field.Offset..]),
        FieldKind.Int => MemoryMarshal.Read<int>(bytes[field.Offset..]),
        _ => bytes[field.Offset] != 0,
    };

    private static void Write(string feature, FeatureField field, Span<byte> bytes, object value)
    {
        Span<byte> place = bytes[field.Offset..];
        switch (field.Kind, value)
        {
            case (FieldKind.Double, double or float or int or long):
                MemoryMarshal.Write(place, Convert.ToDouble(value, CultureInfo.InvariantCulture));
                break;
            case (FieldKind.Float, double or float or int or long):
                MemoryMarshal.Write(place, Convert.ToSingle(value, CultureInfo.InvariantCulture));
                break;
            case (FieldKind.Int, double or float or int or long) when Convert.ToDouble(value, CultureInfo.InvariantCulture) is var number && number == Math.Floor(number) && Math.Abs(number) <= int.MaxValue:
                MemoryMarshal.Write(place, (int)number);
                break;
            case (FieldKind.Bool, bool flag):
                place[0] = flag ? (byte)1 : (byte)0;
                break;
            default:
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"Field '{field.Name}' of feature '{feature}' is {Describe(field.Kind)}; got {value} ({value?.GetType().Name ?? "null"})."));
        }
    }

    private static string Describe(FieldKind kind) => kind switch
    {
        FieldKind.Int => "a whole number of 32 bits",
        FieldKind.Bool => "true or false",
        _ => "a number",
    };
}

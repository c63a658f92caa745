using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace Heron.Core.Features;

/// <summary>Reads the fields of a feature struct once, when an agent declares it.</summary>
internal static class FeatureSchema
{
    /// <summary>The public fields of a feature, in declaration order: its vector form.</summary>
    /// <exception cref="ArgumentException">A public field has a type without a vector form, or a public property holds a value; the message names it.</exception>
    public static IReadOnlyList<FeatureField> Of<T>()
        where T : unmanaged => Cache<T>.Fields;

    public static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);

    private static FeatureField[] Read<T>()
        where T : unmanaged
    {
        CheckProperties(typeof(T));
        return [.. typeof(T).GetFields(BindingFlags.Public | BindingFlags.Instance)
            .OrderBy(field => field.MetadataToken)
            .Select(Describe<T>)];
    }

    private static FeatureField Describe<T>(FieldInfo field)
        where T : unmanaged
    {
        UnitAttribute? unit = field.GetCustomAttribute<UnitAttribute>();
        var described = new FeatureField(SnakeCase(field.Name), KindOf(field), unit?.Symbol ?? "", OffsetOf<T>(field));
        if (unit is null)
        {
            return described;
        }

        if (!(unit.Minimum <= unit.Maximum) || double.IsPositiveInfinity(unit.Minimum) || double.IsNegativeInfinity(unit.Maximum))
        {
            throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Field {field.Name} of feature {field.DeclaringType!.Name} ranges from {unit.Minimum} to {unit.Maximum}; give a Minimum that is not above the Maximum."));
        }

        // A bool is 0 or 1 whatever its unit says.
        return described.Kind == FieldKind.Bool ? described : described with { Minimum = unit.Minimum, Maximum = unit.Maximum };
    }

    // A property keeps its value in a private field, so it would be missing from every observation without a word.
    private static void CheckProperties(Type type)
    {
        if (Array.Find(type.GetProperties(), property => type.GetField($"<{property.Name}>k__BackingField", BindingFlags.NonPublic | BindingFlags.Instance) is not null) is { } stored)
        {
            throw new ArgumentException(
                $"Feature {type.Name} keeps {stored.Name} as a property; only fields have a place in observations. Write 'public {stored.PropertyType.Name} {stored.Name};', or make the property private to keep it out of them.");
        }
    }

    private static FieldKind KindOf(FieldInfo field) => field.FieldType switch
    {
        Type t when t == typeof(double) => FieldKind.Double,
        Type t when t == typeof(float) => FieldKind.Float,
        Type t when t == typeof(int) => FieldKind.Int,
        Type t when t == typeof(bool) => FieldKind.Bool,
        Type t => throw new ArgumentException(
            $"Field {field.Name} of feature {field.DeclaringType!.Name} is a {t.Name}; a public field is a double, float, int or bool. Make it private to keep it out of observations."),
    };

    // Marshal.OffsetOf tells where native code would see a field, which differs for bool. So a field is filled with
    // ones in an otherwise empty struct, and the first byte that is not 0 is where it starts.
    private static int OffsetOf<T>(FieldInfo field)
        where T : unmanaged
    {
        object boxed = default(T);
        field.SetValue(boxed, field.FieldType switch
        {
            Type t when t == typeof(double) => BitConverter.Int64BitsToDouble(-1),
            Type t when t == typeof(float) => BitConverter.Int32BitsToSingle(-1),
            Type t when t == typeof(int) => -1,
            _ => (object)true,
        });
        T value = (T)boxed;
        return MemoryMarshal.AsBytes(new Span<T>(ref value)).IndexOfAnyExcept((byte)0);
    }

    private static class Cache<T>
        where T : unmanaged
    {
        // Not a static initialiser of the field: its exception would reach the author wrapped in another one.
        private static FeatureField[]? _fields;

        public static FeatureField[] Fields => _fields ??= Read<T>();
    }
}

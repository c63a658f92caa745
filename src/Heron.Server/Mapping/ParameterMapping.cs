using System.Collections;
using Google.Protobuf.WellKnownTypes;
using Heron.Core.Environments;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Parameters of environments as JSON-like values.</summary>
internal static class ParameterMapping
{
    /// <summary>Reads parameters.</summary>
    /// <exception cref="InvalidRequestException">A value is null, at whatever depth.</exception>
    public static IReadOnlyDictionary<string, object> FromWire(Struct? parameters)
    {
        var values = new Dictionary<string, object>(StringComparer.Ordinal);
        foreach ((string name, Value value) in parameters?.Fields.AsEnumerable() ?? [])
        {
            values.Add(name, FromWire(name, value));
        }

        return values;
    }

    public static Struct ToWire(IReadOnlyDictionary<string, object> parameters)
    {
        var wire = new Struct();
        foreach ((string name, object value) in parameters)
        {
            wire.Fields.Add(name, ToWire(value));
        }

        return wire;
    }

    public static Wire.Parameter ToWire(EnvironmentParameter parameter)
    {
        var wire = new Wire.Parameter
        {
            Name = parameter.Name,
            Type = parameter.Type,
            DefaultValue = ToWire(parameter.Default),
            Unit = parameter.Unit,
            Summary = parameter.Summary,
        };
        if (double.IsFinite(parameter.Minimum))
        {
            wire.Minimum = parameter.Minimum;
        }

        if (double.IsFinite(parameter.Maximum))
        {
            wire.Maximum = parameter.Maximum;
        }

        wire.Choices.AddRange(parameter.Choices);
        return wire;
    }

    private static object FromWire(string name, Value value) => value.KindCase switch
    {
        Value.KindOneofCase.BoolValue => value.BoolValue,
        Value.KindOneofCase.NumberValue => value.NumberValue,
        Value.KindOneofCase.StringValue => value.StringValue,
        Value.KindOneofCase.ListValue => ParameterValue.ToArray([.. value.ListValue.Values.Select((entry, i) => FromWire($"{name}[{i}]", entry))]),
        Value.KindOneofCase.StructValue => value.StructValue.Fields.ToDictionary(field => field.Key, field => FromWire($"{name}.{field.Key}", field.Value), StringComparer.Ordinal),
        _ => throw new InvalidRequestException(
            $"Parameter '{name}' is null; it takes true or false, a number, a text, a list or an object. Leave it out to keep the default."),
    };

    private static Value ToWire(object value) => value switch
    {
        bool flag => Value.ForBool(flag),
        int number => Value.ForNumber(number),
        double number => Value.ForNumber(number),
        string text => Value.ForString(text),
        IReadOnlyDictionary<string, object> values => Value.ForStruct(ToWire(values)),
        IEnumerable entries => Value.ForList([.. entries.Cast<object>().Select(ToWire)]),
        _ => throw new NotSupportedException($"A parameter of type {value.GetType().Name} has no form on the wire."),
    };
}

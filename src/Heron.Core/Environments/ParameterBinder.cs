using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Heron.Core.Environments;

/// <summary>Turns named values into a parameter record and back, checking names, types and ranges.</summary>
internal sealed class ParameterBinder<TParameters>
    where TParameters : class, new()
{
    private readonly string _environmentId;
    private readonly Dictionary<string, (PropertyInfo Property, EnvironmentParameter Parameter)> _byName = new(StringComparer.Ordinal);

    public ParameterBinder(string environmentId)
    {
        _environmentId = environmentId;
        var defaults = new TParameters();
        foreach (PropertyInfo property in typeof(TParameters).GetProperties())
        {
            if (property.GetCustomAttribute<EnvironmentParameterAttribute>() is { } attribute)
            {
                EnvironmentParameter parameter = Declare(property, attribute, defaults);
                _byName.Add(parameter.Name, (property, parameter));
                CheckDeclaration(property, parameter);
            }
        }

        Parameters = [.. _byName.Values.Select(entry => entry.Parameter)];
    }

    public IReadOnlyList<EnvironmentParameter> Parameters { get; }

    public TParameters Bind(IReadOnlyDictionary<string, object> values)
    {
        var parameters = new TParameters();
        foreach ((string name, object value) in values)
        {
            if (!_byName.TryGetValue(name, out var entry))
            {
                string known = _byName.Count == 0 ? "it has none" : $"it has: {string.Join(", ", _byName.Keys)}";
                throw new ArgumentException($"{_environmentId} has no parameter '{name}'; {known}.");
            }

            entry.Property.SetValue(parameters, Convert(entry.Parameter, value));
        }

        return parameters;
    }

    public IReadOnlyDictionary<string, object> Describe(TParameters parameters) =>
        _byName.ToDictionary(entry => entry.Key, entry => entry.Value.Property.GetValue(parameters)!, StringComparer.Ordinal);

    private static EnvironmentParameter Declare(PropertyInfo property, EnvironmentParameterAttribute attribute, TParameters defaults)
    {
        string type = property.PropertyType switch
        {
            Type t when t == typeof(bool) => "bool",
            Type t when t == typeof(int) => "int",
            Type t when t == typeof(double) => "float",
            Type t when t == typeof(string) => "string",
            Type t when t == typeof(double[]) => "float list",
            Type t => throw new InvalidOperationException(
                $"{typeof(TParameters).Name}.{property.Name} is a {t.Name}; a parameter is bool, int, double, string or double[]."),
        };
        return new EnvironmentParameter(
            JsonNamingPolicy.SnakeCaseLower.ConvertName(property.Name),
            type,
            property.GetValue(defaults)!,
            attribute.Unit,
            attribute.Minimum,
            attribute.Maximum,
            attribute.Choices,
            attribute.Summary);
    }

    private void CheckDeclaration(PropertyInfo property, EnvironmentParameter parameter)
    {
        string place = $"{typeof(TParameters).Name}.{property.Name}";
        if (!property.CanWrite)
        {
            throw new InvalidOperationException($"{place} cannot be set; a parameter needs a set or init accessor.");
        }

        try
        {
            Convert(parameter, parameter.Default);
        }
        catch (ArgumentException error)
        {
            throw new InvalidOperationException($"The default of {place} does not fit its own declaration. {error.Message}", error);
        }
    }

    private object Convert(EnvironmentParameter parameter, object? value)
    {
        object? converted = parameter.Type switch
        {
            "bool" => value as bool?,
            "int" => TryNumber(value, out double number) && Math.Floor(number) == number && Math.Abs(number) <= int.MaxValue
                ? (object)(int)CheckRange(parameter, number)
                : null,
            "float" => TryNumber(value, out double number) ? CheckRange(parameter, number) : null,
            "string" => value is string text ? CheckChoice(parameter, text) : null,
            _ => TryNumbers(value, out double[] numbers) ? Array.ConvertAll(numbers, number => CheckRange(parameter, number)) : null,
        };
        return converted ?? throw new ArgumentException(
            $"Parameter '{parameter.Name}' of {_environmentId} is {Show(value)}; it takes {Article(parameter.Type)}, for example {Show(parameter.Default)}.");
    }

    private double CheckRange(EnvironmentParameter parameter, double number) =>
        number >= parameter.Minimum && number <= parameter.Maximum && double.IsFinite(number)
            ? number
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Parameter '{parameter.Name}' of {_environmentId} is {number}; it takes finite numbers from {parameter.Minimum} to {parameter.Maximum}{(parameter.Unit.Length > 0 ? " " + parameter.Unit : "")}."));

    private string CheckChoice(EnvironmentParameter parameter, string text) =>
        parameter.Choices.Count == 0 || parameter.Choices.Contains(text)
            ? text
            : throw new ArgumentException(
                $"Parameter '{parameter.Name}' of {_environmentId} is '{text}'; it takes one of: {string.Join(", ", parameter.Choices)}.");

    private static bool TryNumber(object? value, out double number)
    {
        number = value is int or long or float or double ? System.Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;
        return value is int or long or float or double;
    }

    private static bool TryNumbers(object? value, out double[] numbers)
    {
        var list = new List<double>();
        if (value is IEnumerable entries and not string)
        {
            foreach (object? entry in entries)
            {
                if (!TryNumber(entry, out double number))
                {
                    numbers = [];
                    return false;
                }

                list.Add(number);
            }
        }

        numbers = [.. list];
        return list.Count > 0;
    }

    private static string Article(string type) => type switch
    {
        "int" => "a whole number",
        "float" => "a number",
        "float list" => "a list of at least one number",
        "bool" => "true or false",
        _ => "a text",
    };

    private static string Show(object? value) => value switch
    {
        // A JSON null arrives as one.
        null => "null",
        string text => $"'{text}'",
        bool flag => flag ? "true" : "false",
        IEnumerable entries => $"[{string.Join(", ", entries.Cast<object?>().Select(Show))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Text.Json;

namespace Heron.Core.Environments;

/// <summary>Turns named values into a parameter record and back, checking names, types and ranges.</summary>
/// <typeparam name="TParameters">A record whose settable properties carry <see cref="EnvironmentParameterAttribute"/>.</typeparam>
public sealed class ParameterBinder<TParameters>
    where TParameters : class, new()
{
    private readonly string _owner;
    private readonly Dictionary<string, (PropertyInfo Property, EnvironmentParameter Parameter)> _byName = new(StringComparer.Ordinal);

    /// <summary>Reads the declarations of the record.</summary>
    /// <param name="owner">Whose parameters they are, for messages; an environment's id, for example.</param>
    /// <exception cref="InvalidOperationException">A property has a type that no parameter has, cannot be set, or its default is out of its own range.</exception>
    public ParameterBinder(string owner)
    {
        _owner = owner;
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

    /// <summary>The parameters, in declaration order.</summary>
    public IReadOnlyList<EnvironmentParameter> Parameters { get; }

    /// <summary>Makes a record of values.</summary>
    /// <param name="values">By name; those not named keep their defaults.</param>
    /// <param name="owner">Whose parameters they are this time; default whoever was named at first.</param>
    /// <param name="path">Where among them the values stand, for example <c>agents[1]</c>; default they are the parameters themselves.</param>
    /// <exception cref="ArgumentException">Unknown name, wrong type or out of range; the message names owner, parameter, value and what is allowed.</exception>
    public TParameters Bind(IReadOnlyDictionary<string, object> values, string? owner = null, string path = "")
    {
        owner ??= _owner;
        string prefix = path.Length == 0 ? "" : path + ".";
        var parameters = new TParameters();
        foreach ((string name, object value) in values)
        {
            if (!_byName.TryGetValue(name, out var entry))
            {
                string known = _byName.Count == 0 ? "it has none" : $"it has: {string.Join(", ", _byName.Keys)}";
                throw new ArgumentException($"{owner} has no parameter '{prefix}{name}'; {known}.");
            }

            entry.Property.SetValue(parameters, Convert($"'{prefix}{name}' of {owner}", entry.Parameter, value));
        }

        return parameters;
    }

    /// <summary>Reads the values of a record back.</summary>
    /// <param name="parameters">The record.</param>
    /// <returns>All parameters by name.</returns>
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
            Type t when t == typeof(string[]) => "string list",
            Type t when t == typeof(IReadOnlyDictionary<string, object>) => "object",
            Type t when t == typeof(IReadOnlyDictionary<string, object>[]) => "object list",
            Type t => throw new InvalidOperationException(
                $"{typeof(TParameters).Name}.{property.Name} is a {t.Name}; a parameter is bool, int, double, string, double[], string[], or one or many IReadOnlyDictionary<string, object>."),
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

    private static void CheckDeclaration(PropertyInfo property, EnvironmentParameter parameter)
    {
        string place = $"{typeof(TParameters).Name}.{property.Name}";
        if (!property.CanWrite)
        {
            throw new InvalidOperationException($"{place} cannot be set; a parameter needs a set or init accessor.");
        }

        try
        {
            Convert($"'{parameter.Name}' of {place}", parameter, parameter.Default);
        }
        catch (ArgumentException error)
        {
            throw new InvalidOperationException($"The default of {place} does not fit its own declaration. {error.Message}", error);
        }
    }

    private static object Convert(string label, EnvironmentParameter parameter, object? value)
    {
        object? converted = parameter.Type switch
        {
            "bool" => value as bool?,
            "int" => TryNumber(value, out double number) && Math.Floor(number) == number
                ? (object)(int)CheckRange(label, parameter, number)
                : null,
            "float" => TryNumber(value, out double number) ? CheckRange(label, parameter, number) : null,
            "string" => value is string text ? CheckChoice(label, parameter, text) : null,
            "float list" => TryNumbers(value) is { Length: > 0 } numbers ? Array.ConvertAll(numbers, number => CheckRange(label, parameter, number)) : null,
            "string list" => Entries<string>(value) is { } texts ? Array.ConvertAll(texts, text => CheckChoice(label, parameter, text)) : null,
            "object" => value as IReadOnlyDictionary<string, object>,
            _ => Entries<IReadOnlyDictionary<string, object>>(value),
        };
        return converted ?? throw new ArgumentException(
            $"Parameter {label} is {Show(value)}; it takes {Article(parameter.Type)}{ExampleOf(parameter)}.");
    }

    private static double CheckRange(string label, EnvironmentParameter parameter, double number)
    {
        bool isWhole = parameter.Type == "int";
        double least = isWhole ? Math.Max(parameter.Minimum, int.MinValue) : parameter.Minimum;
        double most = isWhole ? Math.Min(parameter.Maximum, int.MaxValue) : parameter.Maximum;
        return number >= least && number <= most && double.IsFinite(number)
            ? number
            : throw new ArgumentException(string.Create(
                CultureInfo.InvariantCulture,
                $"Parameter {label} is {number}; it takes finite numbers from {least} to {most}{(parameter.Unit.Length > 0 ? " " + parameter.Unit : "")}."));
    }

    private static string CheckChoice(string label, EnvironmentParameter parameter, string text) =>
        parameter.Choices.Count == 0 || parameter.Choices.Contains(text)
            ? text
            : throw new ArgumentException(
                $"Parameter {label} is '{text}'; it takes one of: {string.Join(", ", parameter.Choices)}.");

    private static bool TryNumber(object? value, out double number)
    {
        number = value is int or long or float or double ? System.Convert.ToDouble(value, CultureInfo.InvariantCulture) : double.NaN;
        return value is int or long or float or double;
    }

    private static double[]? TryNumbers(object? value) =>
        value is IEnumerable entries and not string && entries.Cast<object?>().All(entry => TryNumber(entry, out _))
            ? [.. entries.Cast<object?>().Select(entry => TryNumber(entry, out double number) ? number : double.NaN)]
            : null;

    // An empty list is one of anything.
    private static T[]? Entries<T>(object? value) =>
        value is IEnumerable entries and not string && entries.Cast<object?>().All(entry => entry is T) ? [.. entries.Cast<T>()] : null;

    private static string Article(string type) => type switch
    {
        "int" => "a whole number",
        "float" => "a number",
        "float list" => "a list of at least one number",
        "bool" => "true or false",
        "string list" => "a list of texts",
        "object" => "an object with values by name",
        "object list" => "a list of objects with values by name",
        _ => "a text",
    };

    private static string ExampleOf(EnvironmentParameter parameter) =>
        parameter.Default is IEnumerable entries and not string && !entries.Cast<object>().Any() ? "" : $", for example {Show(parameter.Default)}";

    private static string Show(object? value) => value switch
    {
        // A JSON null arrives as one.
        null => "null",
        string text => $"'{text}'",
        bool flag => flag ? "true" : "false",
        IReadOnlyDictionary<string, object> values => $"{{{string.Join(", ", values.Select(pair => $"{pair.Key}: {Show(pair.Value)}"))}}}",
        IEnumerable entries => $"[{string.Join(", ", entries.Cast<object?>().Select(Show))}]",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}

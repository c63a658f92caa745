using System.Collections;
using System.Globalization;
using System.Reflection;
using System.Runtime.CompilerServices;
using Heron.Core.Agents;

namespace Heron.Core.Environments.Conformance;

/// <summary>
/// What the objects that an author wrote for one copy of a HERON environment keep in their fields: agents, policies, protocols
/// and scores, which all copies share, and the bridge. What changes there is missing from the state.
/// </summary>
internal sealed class AuthoredFields
{
    private const int Depth = 6;
    private const int MaxElements = 4096;
    private const BindingFlags Declared = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private readonly (string Owner, object Instance, FieldInfo Field)[] _fields;
    private readonly (int Fingerprint, object? Value)[] _last;

    private AuthoredFields(IEnumerable<(string Name, object Instance)> objects)
    {
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        _fields = [.. objects.Where(authored => seen.Add(authored.Instance)).SelectMany(authored => FieldsOf(authored.Name, authored.Instance))];
        _last = new (int, object?)[_fields.Length];
        Remember();
    }

    /// <summary>The fields behind a copy.</summary>
    /// <param name="environment">The copy.</param>
    /// <param name="withBridge">Whether the bridge counts, which may keep scratch within a step.</param>
    /// <returns>Null for an environment without an agent tree.</returns>
    public static AuthoredFields? Of(IMultiAgentEnvironment environment, bool withBridge)
    {
        if (environment is not HeronEnvironment heron)
        {
            return null;
        }

        IEnumerable<(string, object)> objects = heron.Pipeline.Tree.Agents.SelectMany(AuthoredFor).Concat(Scores(heron));
        return new AuthoredFields(objects.Concat(heron.Bridge switch
        {
            // A function serves all copies.
            StepFunctionBridge { Step.Target: { } target } => [("the simulation function", target)],
            { } bridge when withBridge => [($"bridge {bridge.GetType().Name}", bridge)],
            _ => Array.Empty<(string, object)>(),
        }));
    }

    /// <summary>Takes the present values as those that later ones are compared with.</summary>
    public void Remember()
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            object? value = _fields[i].Field.GetValue(_fields[i].Instance);
            _last[i] = (Fingerprint(value, Depth, new HashSet<object>(ReferenceEqualityComparer.Instance)), value);
        }
    }

    /// <summary>The fields whose values are not those remembered, each with what it is and whose; that of alike objects once.</summary>
    public IReadOnlyList<string> Changes()
    {
        var changes = new OrderedDictionary<FieldInfo, (string Text, int Count)>();
        for (int i = 0; i < _fields.Length; i++)
        {
            (string owner, object instance, FieldInfo field) = _fields[i];
            object? value = field.GetValue(instance);
            if (Fingerprint(value, Depth, new HashSet<object>(ReferenceEqualityComparer.Instance)) != _last[i].Fingerprint)
            {
                changes[field] = changes.TryGetValue(field, out (string Text, int Count) first)
                    ? (first.Text, first.Count + 1)
                    : ($"{NameOf(field)} of {owner} ({Describe(field, _last[i].Value, value)})", 1);
            }
        }

        return [.. changes.Values.Select(change => change.Count == 1 ? change.Text : $"{change.Text} and of {change.Count - 1} others")];
    }

    private static IEnumerable<(string, object)> AuthoredFor(Agent agent)
    {
        yield return ($"agent '{agent.Id}'", agent);
        if (agent.Policy is { } policy)
        {
            yield return ($"policy {policy.GetType().Name}", policy);
        }

        foreach (var coordination in agent.Coordinations)
        {
            yield return ($"protocol {coordination.Protocol.Communication.GetType().Name} of '{agent.Id}'", coordination.Protocol.Communication);
            yield return ($"protocol {coordination.Protocol.Action.GetType().Name} of '{agent.Id}'", coordination.Protocol.Action);
        }
    }

    private static IEnumerable<(string, object)> Scores(HeronEnvironment heron) => heron.Pipeline.EnvironmentScore switch
    {
        null => [],
        CompositeScore composite => composite.Parts.Select(score => ($"score {score.GetType().Name}", (object)score)),
        EnvironmentScore score => [($"score {score.GetType().Name}", score)],
    };

    // What the core's own base classes keep is the core's business.
    private static IEnumerable<(string, object, FieldInfo)> FieldsOf(string owner, object instance)
    {
        for (Type? type = instance.GetType(); type is not null && type.Assembly != typeof(Agent).Assembly; type = type.BaseType)
        {
            foreach (FieldInfo field in type.GetFields(Declared))
            {
                yield return (owner, instance, field);
            }
        }
    }

    private static int Fingerprint(object? value, int depth, HashSet<object> seen)
    {
        if (value is null)
        {
            return 0;
        }

        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is string or decimal)
        {
            return value.GetHashCode();
        }

        if (depth == 0 || value is Agent or Delegate or MemberInfo || (!type.IsValueType && type.Assembly == typeof(Agent).Assembly))
        {
            return type.IsValueType ? 1 : RuntimeHelpers.GetHashCode(value);
        }

        if (!type.IsValueType && !seen.Add(value))
        {
            return 2;
        }

        var hash = new HashCode();
        if (value is Array array)
        {
            hash.Add(array.Length);
            foreach (object? element in array.Cast<object?>().Take(MaxElements))
            {
                hash.Add(Fingerprint(element, depth - 1, seen));
            }

            return hash.ToHashCode();
        }

        for (Type? part = type; part is not null && part != typeof(object); part = part.BaseType)
        {
            foreach (FieldInfo field in part.GetFields(Declared))
            {
                hash.Add(Fingerprint(field.GetValue(value), depth - 1, seen));
            }
        }

        return hash.ToHashCode();
    }

    private static string Describe(FieldInfo field, object? before, object? now) =>
        now is IFormattable number && before is IFormattable other && now.GetType().IsPrimitive
            ? $"{other.ToString(null, CultureInfo.InvariantCulture)}, then {number.ToString(null, CultureInfo.InvariantCulture)}"
            : now is IEnumerable and not string ? $"the contents of {TypeName(field.FieldType)}" : TypeName(field.FieldType);

    private static string TypeName(Type type) => type.IsGenericType
        ? $"{type.Name[..type.Name.IndexOf('`')]}<{string.Join(", ", type.GetGenericArguments().Select(TypeName))}>"
        : type.Name;

    // A property's field is named <Name>k__BackingField, that of a primary constructor's parameter <name>P.
    private static string NameOf(FieldInfo field) => field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>')] : field.Name;
}

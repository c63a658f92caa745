using System.Globalization;
using Heron.Core.Environments;

namespace Heron.Core.Features;

/// <summary>The features of one agent at one moment, by name: for tools, files and tests. On the step path state is reached by reference.</summary>
/// <param name="ownerId">The agent.</param>
/// <param name="features">In declaration order.</param>
public abstract class AgentState(string ownerId, IReadOnlyList<FeatureState> features)
{
    /// <summary>The agent.</summary>
    public string OwnerId { get; } = ownerId;

    /// <summary>The agent's kind.</summary>
    public abstract AgentLevel Level { get; }

    /// <summary>In declaration order.</summary>
    public IReadOnlyList<FeatureState> Features { get; } = features;

    /// <summary>Makes the state of an agent of some level.</summary>
    /// <param name="level">The agent's kind.</param>
    /// <param name="ownerId">The agent.</param>
    /// <param name="features">In declaration order.</param>
    public static AgentState Of(AgentLevel level, string ownerId, IReadOnlyList<FeatureState> features) => level switch
    {
        AgentLevel.Field => new FieldAgentState(ownerId, features),
        AgentLevel.Coordinator => new CoordinatorAgentState(ownerId, features),
        _ => new SystemAgentState(ownerId, features),
    };

    /// <summary>Reads what <see cref="ToJson"/> wrote.</summary>
    /// <param name="json">The text.</param>
    /// <exception cref="ArgumentException">It is no state; the message says what is missing.</exception>
    public static AgentState FromJson(string json) => AgentStateJson.Read(json);

    /// <summary>All features as one vector, in declaration order.</summary>
    public float[] ToVector() => [.. Features.SelectMany(feature => feature.Values.Values).Select(value => Convert.ToSingle(value, CultureInfo.InvariantCulture))];

    /// <summary>Values by feature and field.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> ToDictionary() => Features.ToDictionary(feature => feature.Name, feature => feature.Values, StringComparer.Ordinal);

    /// <summary>The same state with other values of one feature.</summary>
    /// <param name="feature">Its name.</param>
    /// <param name="values">By field name; those not named stay.</param>
    /// <exception cref="ArgumentException">There is no such feature or field; the message names those there are.</exception>
    public AgentState With(string feature, IReadOnlyDictionary<string, object> values)
    {
        FeatureState found = Features.FirstOrDefault(candidate => candidate.Name == feature)
            ?? throw new ArgumentException($"Agent '{OwnerId}' has no feature '{feature}'. It has: {string.Join(", ", Features.Select(candidate => candidate.Name))}.", nameof(feature));
        string? unknown = values.Keys.FirstOrDefault(field => !found.Values.ContainsKey(field));
        if (unknown is not null)
        {
            throw new ArgumentException($"Feature '{feature}' of agent '{OwnerId}' has no field '{unknown}'. Its fields are: {string.Join(", ", found.Values.Keys)}.", nameof(values));
        }

        var changed = new OrderedDictionary<string, object>(found.Values, StringComparer.Ordinal);
        foreach ((string field, object value) in values)
        {
            changed[field] = value;
        }

        return Of(Level, OwnerId, [.. Features.Select(candidate => ReferenceEquals(candidate, found) ? found with { Values = changed } : candidate)]);
    }

    /// <summary>The same state with other values of several features, by feature and field.</summary>
    /// <param name="values">What is not named stays.</param>
    /// <exception cref="ArgumentException">There is no such feature or field; the message names those there are.</exception>
    public AgentState With(IReadOnlyDictionary<string, IReadOnlyDictionary<string, object>> values) =>
        values.Aggregate(this, (state, feature) => state.With(feature.Key, feature.Value));

    /// <summary>A JSON object with owner, level, and name, type and values of each feature.</summary>
    public string ToJson() => AgentStateJson.Write(this);
}

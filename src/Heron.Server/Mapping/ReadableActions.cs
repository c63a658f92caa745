using System.Globalization;
using Google.Protobuf.Collections;
using Heron.Core.Environments;
using Heron.Core.Spaces;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Actions by agent name, for a session of one copy.</summary>
internal static class ReadableActions
{
    /// <summary>Hashes actions; their order does not count.</summary>
    public static ulong Hash(MapField<string, Wire.AgentAction> actions)
    {
        ulong sum = 0;
        foreach ((string agentId, Wire.AgentAction action) in actions)
        {
            var hash = default(ContentHash);
            hash.Add(agentId);
            foreach (float value in action.Values)
            {
                hash.Add(BitConverter.SingleToUInt32Bits(value));
            }

            sum = unchecked(sum + hash.Value);
        }

        return sum;
    }

    /// <summary>Checks the actions and puts them into the action buffers.</summary>
    /// <exception cref="InvalidRequestException">An agent is unknown or missing, or its action is not in the head's range or has the wrong length.</exception>
    public static void Write(MapField<string, Wire.AgentAction> actions, VectorEnvironment environment)
    {
        EnvironmentSpec spec = environment.Spec;
        foreach (string agentId in actions.Keys)
        {
            InvalidRequestException.Unless(() => spec.IndexOf(agentId));
        }

        ReadOnlySpan<AgentFlags> flags = environment.AgentFlags.Row(0);
        for (int agent = 0; agent < flags.Length; agent++)
        {
            if ((flags[agent] & AgentFlags.MustAct) != 0)
            {
                Write(actions, environment, agent);
            }
        }
    }

    private static void Write(MapField<string, Wire.AgentAction> actions, VectorEnvironment environment, int agent)
    {
        AgentSpec spec = environment.Spec.Agents[agent];
        Space space = spec.ActionSpace;
        if (!actions.TryGetValue(spec.Id, out Wire.AgentAction? action))
        {
            throw new InvalidRequestException($"There is no action for agent '{spec.Id}', which must act; it takes {Describe(spec)}.");
        }

        if (action.Values.Count != space.ContinuousLength + space.HeadSizes.Length)
        {
            throw new InvalidRequestException($"Action of agent '{spec.Id}' has {action.Values.Count} values; it takes {Describe(spec)}. See GetEnvironment.");
        }

        Span<float> continuous = environment.ContinuousActions.Row(0)[environment.Spec.Layout.Continuous(agent)];
        for (int i = 0; i < continuous.Length; i++)
        {
            continuous[i] = action.Values[i];
        }

        Span<int> discrete = environment.DiscreteActions.Row(0)[environment.Spec.Layout.Discrete(agent)];
        for (int head = 0; head < discrete.Length; head++)
        {
            discrete[head] = Category(spec, head, action.Values[continuous.Length + head]);
        }
    }

    private static int Category(AgentSpec agent, int head, float value)
    {
        int size = agent.ActionSpace.HeadSizes[head];
        return value >= 0 && value < size && value == MathF.Floor(value)
            ? (int)value
            : throw new InvalidRequestException(string.Create(
                CultureInfo.InvariantCulture,
                $"Action of agent '{agent.Id}' is {value} at index {agent.ActionSpace.ContinuousLength + head}; it takes a whole number from 0 to {size - 1}."));
    }

    private static string Describe(AgentSpec agent)
    {
        int count = agent.ActionSpace.ContinuousLength + agent.ActionSpace.HeadSizes.Length;
        string labels = agent.ActionLabels.Count > 0 ? $" ({string.Join(", ", agent.ActionLabels)})" : "";
        return $"{count} {(count == 1 ? "value" : "values")}{labels} in {agent.ActionSpace}";
    }
}

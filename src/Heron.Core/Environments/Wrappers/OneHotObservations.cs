using Heron.Core.Spaces;

namespace Heron.Core.Environments.Wrappers;

/// <summary>Shows discrete observations as one-hot vectors, so that a network can take them as they are.</summary>
public static class OneHotObservations
{
    /// <summary>Wraps an environment.</summary>
    /// <param name="factory">The environment.</param>
    /// <returns>
    /// The same environment, in which an agent's observation is a flat Box: first its continuous numbers, if it has any,
    /// then for each head of n categories n numbers, 1 for the observed one and 0 for the others (a switch of a MultiBinary space
    /// stays one number). Agents without discrete observations are unchanged; so is the whole environment when there is none.
    /// </returns>
    public static EnvironmentFactory Of(EnvironmentFactory factory)
    {
        if (factory.Spec.Agents.All(agent => agent.ObservationSpace.HeadSizes.IsEmpty))
        {
            return factory;
        }

        EnvironmentSpec spec = factory.Spec.WithAgents([.. factory.Spec.Agents.Select(Describe)]);
        // Rules are written for observations as they are.
        return factory.ShownAs(spec, () => new OneHotEnvironment(spec, factory.Create()), source => new OneHotSource(spec, factory.Spec, source), rules: []);
    }

    /// <summary>Encodes one observation.</summary>
    /// <param name="space">The agent's own observation space.</param>
    /// <param name="given">A flat value of it.</param>
    /// <param name="shown">Receives it as <see cref="Of"/> shows it.</param>
    public static void Encode(Space space, ReadOnlySpan<float> given, Span<float> shown)
    {
        given[..space.ContinuousLength].CopyTo(shown);
        ReadOnlySpan<float> heads = given[space.ContinuousLength..];
        Span<float> rest = shown[space.ContinuousLength..];
        for (int head = 0; head < heads.Length; head++)
        {
            int width = Width(space, head);
            if (width == 1)
            {
                // A switch is its own number, and a head of one category is always chosen.
                rest[0] = space.HeadSizes[head] == 1 ? 1 : heads[head];
            }
            else
            {
                rest[..width].Clear();
                rest[(int)heads[head]] = 1;
            }

            rest = rest[width..];
        }
    }

    /// <summary>Numbers that a head of this space is shown as.</summary>
    internal static int Width(Space space, int head) => space is MultiBinarySpace ? 1 : space.HeadSizes[head];

    private static AgentSpec Describe(AgentSpec agent)
    {
        Space space = agent.ObservationSpace;
        if (space.HeadSizes.IsEmpty)
        {
            return agent;
        }

        bool labelled = agent.ObservationLabels.Count == space.Length;
        List<float> low = [], high = [];
        List<string> labels = [];
        for (int i = 0; i < space.ContinuousLength; i++)
        {
            low.Add(space.Low(i));
            high.Add(space.High(i));
            labels.Add(labelled ? agent.ObservationLabels[i] : "");
        }

        for (int head = 0; head < space.HeadSizes.Length; head++)
        {
            int width = Width(space, head);
            string label = labelled ? agent.ObservationLabels[space.ContinuousLength + head] : "";
            low.AddRange(Enumerable.Repeat(0f, width));
            high.AddRange(Enumerable.Repeat(1f, width));
            labels.AddRange(Enumerable.Range(0, width).Select(category => width == 1 ? label : $"{label} = {category}"));
        }

        return agent with
        {
            ObservationSpace = new BoxSpace(low, high),
            ObservationLabels = labelled ? labels : [],
            LocalObservationLength = WidthOfFirst(space, agent.LocalObservationLength),
        };
    }

    // Numbers that the first ones of a flat value are shown as.
    private static int WidthOfFirst(Space space, int count) =>
        Math.Min(count, space.ContinuousLength) + Enumerable.Range(0, Math.Max(0, count - space.ContinuousLength)).Sum(head => Width(space, head));
}

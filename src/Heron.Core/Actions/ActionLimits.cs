using System.Globalization;
using Heron.Core.Agents;
using Heron.Core.Spaces;

namespace Heron.Core.Actions;

/// <summary>Takes over actions that were chosen inside an environment.</summary>
internal static class ActionLimits
{
    /// <summary>Copies an action, its continuous numbers clipped to the agent's box.</summary>
    /// <param name="agent">Whose action it is.</param>
    /// <param name="chooser">Who chose it, for messages.</param>
    /// <param name="continuous">As it was chosen.</param>
    /// <param name="discrete">As it was chosen.</param>
    /// <param name="clipped">Receives the continuous numbers; may be the same memory.</param>
    /// <param name="categories">Receives the categories.</param>
    /// <exception cref="ArgumentException">The lengths differ from the space's, a number is NaN or infinite, or a category is out of range.</exception>
    public static void Put(Agent agent, object chooser, ReadOnlySpan<float> continuous, ReadOnlySpan<int> discrete, Span<float> clipped, Span<int> categories)
    {
        Space space = agent.ActionSpace!;
        if (continuous.Length != space.ContinuousLength || discrete.Length != space.HeadSizes.Length)
        {
            throw new ArgumentException(
                $"{chooser} chose {continuous.Length} numbers and {discrete.Length} categories for agent '{agent.Id}'; its {space} takes {space.ContinuousLength} and {space.HeadSizes.Length}.");
        }

        for (int i = 0; i < continuous.Length; i++)
        {
            if (!float.IsFinite(continuous[i]))
            {
                throw new ArgumentException(string.Create(
                    CultureInfo.InvariantCulture, $"{chooser} chose {continuous[i]} as number {i} for agent '{agent.Id}'; it takes a finite number from {space.Low(i)} to {space.High(i)}, others are clipped."));
            }

            clipped[i] = MathF.Min(MathF.Max(continuous[i], space.Low(i)), space.High(i));
        }

        for (int head = 0; head < discrete.Length; head++)
        {
            if ((uint)discrete[head] >= (uint)space.HeadSizes[head])
            {
                throw new ArgumentException($"{chooser} chose category {discrete[head]} of head {head} for agent '{agent.Id}'; it takes 0 to {space.HeadSizes[head] - 1}.");
            }

            categories[head] = discrete[head];
        }
    }
}

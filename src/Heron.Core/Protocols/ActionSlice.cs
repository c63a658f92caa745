using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>Which part of a joint action is one member's: continuous numbers and heads each in their own row.</summary>
internal readonly record struct ActionSlice(Agent Member, Range Continuous, Range Discrete)
{
    /// <summary>Divides a joint action among those who act, in their order.</summary>
    public static ActionSlice[] Divide(IEnumerable<Agent> members)
    {
        int continuous = 0, discrete = 0;
        var slices = new List<ActionSlice>();
        foreach (Agent member in members.Where(member => member.ActionSpace is not null))
        {
            int nextContinuous = continuous + member.ActionSpace!.ContinuousLength;
            int nextDiscrete = discrete + member.ActionSpace.HeadSizes.Length;
            slices.Add(new ActionSlice(member, continuous..nextContinuous, discrete..nextDiscrete));
            (continuous, discrete) = (nextContinuous, nextDiscrete);
        }

        return [.. slices];
    }
}

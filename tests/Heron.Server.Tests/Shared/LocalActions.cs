using Heron.Core.Environments;
using Heron.Core.Randomness;

namespace Heron.Server.Tests.Shared;

/// <summary>Actions for copies in this process.</summary>
public static class LocalActions
{
    /// <summary>Fills all action buffers at random.</summary>
    public static void Sample(VectorEnvironment environment, ref RandomStream random)
    {
        for (int copy = 0; copy < environment.Count; copy++)
        {
            for (int agent = 0; agent < environment.Spec.Agents.Count; agent++)
            {
                environment.Spec.Agents[agent].ActionSpace.Sample(
                    ref random,
                    environment.ContinuousActions.Row(copy)[environment.Spec.Layout.Continuous(agent)],
                    environment.DiscreteActions.Row(copy)[environment.Spec.Layout.Discrete(agent)]);
            }
        }
    }
}

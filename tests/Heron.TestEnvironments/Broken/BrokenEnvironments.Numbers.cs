using Heron.Core.Environments;

namespace Heron.TestEnvironments.Broken;

public static partial class BrokenEnvironments
{
    private static IEnumerable<BrokenEnvironment> WithBrokenNumbers()
    {
        yield return AfterSteps("ObservationsInSpace", "observes 5.1 in a space that ends at 5", (in StepBuffers buffers) => buffers.Observation(0)[2] = 5.1f);
        yield return AfterCalls("ObservationsInSpace", "observes half a category", (in StepBuffers buffers) =>
        {
            if ((buffers.Flags[2] & AgentFlags.Observed) != 0)
            {
                buffers.Observation(2)[0] = 0.5f;
            }
        });
        yield return AfterCalls("UnobservedKeepNumbers", "clears what it does not observe", (in StepBuffers buffers) =>
        {
            for (int agent = 0; agent < buffers.Flags.Length; agent++)
            {
                if ((buffers.Flags[agent] & AgentFlags.Observed) == 0)
                {
                    buffers.Observation(agent).Clear();
                }
            }
        });
        yield return AfterSteps("RewardsFinite", "has an infinite reward in step 5", (in StepBuffers buffers) =>
            buffers.Rewards[0] = StepOf(buffers) == 5 ? float.PositiveInfinity : buffers.Rewards[0]);
        yield return Altered("RewardsFinite", "leaves rewards unwritten in a reset", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            AfterReset = (in StepBuffers buffers) => buffers.Rewards.Fill(float.NaN),
        });
        yield return AfterSteps("RewardsOnlyInEpisode", "rewards absent agents", (in StepBuffers buffers) =>
        {
            for (int agent = 0; agent < buffers.Flags.Length; agent++)
            {
                buffers.Rewards[agent] = buffers.Flags[agent] == AgentFlags.None ? 1 : buffers.Rewards[agent];
            }
        });
        yield return Altered("RewardsOnlyInEpisode", "rewards a reset", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            AfterReset = (in StepBuffers buffers) => buffers.Rewards[0] = 1,
        });
        yield return AfterSteps("MetricsFinite", "has a metric that is not a number", (in StepBuffers buffers) => buffers.Metrics[1] = float.NaN);
        yield return AfterCalls("MasksValid", "forbids everything", (in StepBuffers buffers) => buffers.Masks.Clear());
        yield return AfterCalls("MasksValid", "allows with 255", (in StepBuffers buffers) => buffers.Masks.Fill(255));
    }
}

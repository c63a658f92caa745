using Heron.Core.Environments;

namespace Heron.Core.Rewards;

/// <summary>Gives every agent of the step the mean of their rewards, so that all pull together.</summary>
public sealed class SharedReward : EnvironmentScore
{
    /// <inheritdoc/>
    public override void Score(in ScoreContext context)
    {
        double sum = 0;
        int count = 0;
        for (int i = 0; i < context.Rewards.Length; i++)
        {
            if (context.IsInStep(i))
            {
                sum += context.Rewards[i];
                count++;
            }
        }

        context.Rewards.Fill((float)(sum / Math.Max(1, count)));
    }
}

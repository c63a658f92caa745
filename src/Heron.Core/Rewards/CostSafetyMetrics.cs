namespace Heron.Core.Rewards;

/// <summary>What an agent's last step cost and how far it strayed beyond limits; the feature behind rewards of the form -cost - penalty * safety.</summary>
/// <remarks>Declare it with <see cref="HoldAtZero"/> as its check, so that neither can turn into a gain.</remarks>
public struct CostSafetyMetrics
{
    /// <summary>Money or another effort, 0 or more.</summary>
    public double Cost;

    /// <summary>How far limits were exceeded, 0 or more, no unit.</summary>
    public double Safety;

    /// <summary>Raises what is below 0 to 0.</summary>
    /// <param name="metrics">The feature.</param>
    public static void HoldAtZero(ref CostSafetyMetrics metrics)
    {
        metrics.Cost = Math.Max(0, metrics.Cost);
        metrics.Safety = Math.Max(0, metrics.Safety);
    }
}

using Heron.Core.Environments;

namespace Heron.TestEnvironments.Probe;

/// <summary>Parameters of Probe-v0, one of each type.</summary>
public sealed record ProbeParameters
{
    [EnvironmentParameter("Agents; kinds repeat after six: box, mixed, discrete, multidiscrete, multibinary, box.", Minimum = 1, Maximum = 1000)]
    public int NumAgents { get; set; } = 6;

    [EnvironmentParameter("Steps after which every agent is truncated.", Minimum = 1, Maximum = 1_000_000)]
    public int EpisodeSteps { get; set; } = 25;

    [EnvironmentParameter("Whether every third agent joins after a few steps.")]
    public bool JoinLate { get; set; } = true;

    [EnvironmentParameter("Whether some agents end before the others.")]
    public bool EndEarly { get; set; } = true;

    [EnvironmentParameter("Whether some agents are only observed and asked every second or third step.")]
    public bool SlowAgents { get; set; } = true;

    [EnvironmentParameter("Standard deviation of the random push of every step.", Unit = "m", Minimum = 0, Maximum = 10)]
    public double Noise { get; set; } = 0.1;

    [EnvironmentParameter("What is rewarded: being near 0, or being pushed hard.", Choices = ["near", "push"])]
    public string Task { get; set; } = "near";

    [EnvironmentParameter("Factor on each agent's reward; repeats when there are more agents.", Minimum = -100, Maximum = 100)]
    public double[] RewardWeights { get; set; } = [1.0, 0.5];
}

using Heron.Core.Environments;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Parameters of SimpleMicrogrids-v0.</summary>
public sealed record SimpleMicrogridsParameters
{
    /// <summary>Microgrids, each with one battery and one generator; default 3.</summary>
    [EnvironmentParameter("Microgrids, each with one battery and one generator.", Minimum = 1, Maximum = 10_000)]
    public int NumMicrogrids { get; set; } = 3;

    /// <summary>Length of an episode in steps of one hour, default 48.</summary>
    [EnvironmentParameter("Length of an episode in steps of one hour.", Unit = "steps", Minimum = 1, Maximum = 1_000_000)]
    public int MaxEpisodeSteps { get; set; } = 48;

    /// <summary>Whether every agent gets the mean of all rewards, default true.</summary>
    [EnvironmentParameter("Whether every agent gets the mean of all rewards instead of its own.")]
    public bool ShareReward { get; set; } = true;

    /// <summary>Reward lost per unit of safety violation, default 10.</summary>
    [EnvironmentParameter("Reward lost per unit of safety violation.", Minimum = 0, Maximum = 1e9)]
    public double Penalty { get; set; } = 10;

    /// <summary>Loads in MW, taken in turn by the microgrids; default 3, 4 and 2.5.</summary>
    [EnvironmentParameter("Loads, taken in turn by the microgrids.", Unit = "MW", Minimum = 0, Maximum = 1e6)]
    public double[] Loads { get; set; } = [3.0, 4.0, 2.5];

    /// <summary>Whether the end of the episode is flagged as termination, as the tutorial does, instead of truncation; default false.</summary>
    [EnvironmentParameter("Whether the end of the episode is flagged as termination instead of truncation.")]
    public bool TimeLimitTerminates { get; set; }
}

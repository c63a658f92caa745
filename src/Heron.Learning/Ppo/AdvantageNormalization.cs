namespace Heron.Learning.Ppo;

/// <summary>How advantages are brought to mean 0 and standard deviation 1.</summary>
public enum AdvantageNormalization
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Over the whole batch, (a - mean) / max(1e-4, std) with the population's deviation, as RLlib does.</summary>
    Batch,

    /// <summary>Within each minibatch, (a - mean) / (std + 1e-8) with the sample's deviation, as CleanRL and Stable-Baselines3 do.</summary>
    Minibatch,
}

namespace Heron.Learning.Ppo;

/// <summary>How the learning rate changes over a run.</summary>
public enum LearningRateAnnealing
{
    /// <summary>It stays.</summary>
    None,

    /// <summary>It falls in a straight line to 0 at the end of the run.</summary>
    Linear,
}

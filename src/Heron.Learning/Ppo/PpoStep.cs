namespace Heron.Learning.Ppo;

/// <summary>What a backend needs to know for one gradient step, beside the rows.</summary>
/// <param name="Options">Coefficients and limits.</param>
/// <param name="LearningRate">Adam's step size.</param>
/// <param name="KlCoefficient">Weight of KL(old || new); 0 leaves it out.</param>
/// <param name="AdvantageMean">Subtracted from the advantages.</param>
/// <param name="AdvantageScale">What they are multiplied by then.</param>
public readonly record struct PpoStep(PpoOptions Options, float LearningRate, float KlCoefficient, float AdvantageMean, float AdvantageScale);

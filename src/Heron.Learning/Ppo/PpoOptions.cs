using System.Globalization;

namespace Heron.Learning.Ppo;

/// <summary>Settings of proximal policy optimization (Schulman et al., 2017). Names and defaults are RLlib's where it has them.</summary>
/// <remarks>
/// Loss = policy loss + <see cref="VfLossCoefficient"/> value loss - <see cref="EntropyCoefficient"/> entropy
/// + KL coefficient KL(old || new), each a mean over the minibatch. The value loss has no factor 1/2: CleanRL's
/// coefficient 0.5 is 0.25 here.
/// </remarks>
public sealed record PpoOptions
{
    /// <summary>Adam's step size at the start of a run, above 0. Default 5e-5.</summary>
    public float LearningRate { get; init; } = 5e-5f;

    /// <summary>How the learning rate changes over a run. Default not at all.</summary>
    public LearningRateAnnealing LearningRateAnnealing { get; init; } = LearningRateAnnealing.None;

    /// <summary>Discount per row, 0 to 1. Default 0.99.</summary>
    public float Gamma { get; init; } = 0.99f;

    /// <summary>Decay of generalized advantage estimation, 0 to 1. Default 1.</summary>
    public float Lambda { get; init; } = 1;

    /// <summary>How far the probability ratio may leave 1 before it gives no gradient, above 0. Default 0.3.</summary>
    public float ClipParam { get; init; } = 0.3f;

    /// <summary>Weight of the value loss, at least 0. Default 1.</summary>
    public float VfLossCoefficient { get; init; } = 1;

    /// <summary>Form of the value loss. Default RLlib's clamp of the squared error.</summary>
    public ValueClipping ValueClipping { get; init; } = ValueClipping.ClampSquaredError;

    /// <summary>Limit of <see cref="ValueClipping"/>, above 0. Default 10.</summary>
    public float VfClipParam { get; init; } = 10;

    /// <summary>Weight of the entropy, at least 0. Default 0.</summary>
    public float EntropyCoefficient { get; init; }

    /// <summary>First weight of KL(old || new); 0 leaves the term out for ever. Default 0.2.</summary>
    public float KlCoefficient { get; init; } = 0.2f;

    /// <summary>
    /// The KL that the weight is steered to after each batch: times 1.5 above twice the target, times 0.5 below half of it.
    /// What counts is the last minibatch, as in RLlib. Default 0.01.
    /// </summary>
    public float KlTarget { get; init; } = 0.01f;

    /// <summary>Largest norm of the gradient of all parameters together, above 0; null for no limit. Default null.</summary>
    public float? GradientClip { get; init; }

    /// <summary>Adam's term against division by 0. Default 1e-8.</summary>
    public float AdamEpsilon { get; init; } = 1e-8f;

    /// <summary>Passes over each batch, at least 1. Default 30.</summary>
    public int Epochs { get; init; } = 30;

    /// <summary>
    /// Rows per gradient step, at least 1. A batch that it does not divide is cut into the next larger number of minibatches
    /// of (almost) equal size. Default 128.
    /// </summary>
    public int MinibatchSize { get; init; } = 128;

    /// <summary>How advantages are normalized. Default over the whole batch.</summary>
    public AdvantageNormalization NormalizeAdvantages { get; init; } = AdvantageNormalization.Batch;

    /// <summary>The learning rate at a point of a run.</summary>
    /// <param name="progress">Done part of the run, 0 to 1.</param>
    public float LearningRateAt(double progress) => LearningRateAnnealing == LearningRateAnnealing.Linear
        ? (float)(LearningRate * (1 - Math.Clamp(progress, 0, 1)))
        : LearningRate;

    /// <summary>Checks the ranges.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A setting is out of its range; the message names it.</exception>
    public void Validate()
    {
        Require(LearningRate > 0 && float.IsFinite(LearningRate), nameof(LearningRate), LearningRate, "above 0");
        Require(Gamma is >= 0 and <= 1, nameof(Gamma), Gamma, "between 0 and 1");
        Require(Lambda is >= 0 and <= 1, nameof(Lambda), Lambda, "between 0 and 1");
        Require(ClipParam > 0, nameof(ClipParam), ClipParam, "above 0");
        Require(VfLossCoefficient >= 0, nameof(VfLossCoefficient), VfLossCoefficient, "at least 0");
        Require(VfClipParam > 0 || ValueClipping == ValueClipping.None, nameof(VfClipParam), VfClipParam, "above 0");
        Require(EntropyCoefficient >= 0, nameof(EntropyCoefficient), EntropyCoefficient, "at least 0");
        Require(KlCoefficient >= 0, nameof(KlCoefficient), KlCoefficient, "at least 0");
        Require(KlTarget > 0 || KlCoefficient == 0, nameof(KlTarget), KlTarget, "above 0");
        Require(GradientClip is null or > 0, nameof(GradientClip), GradientClip ?? 0, "above 0, or null for no limit");
        Require(AdamEpsilon > 0, nameof(AdamEpsilon), AdamEpsilon, "above 0");
        Require(Epochs >= 1, nameof(Epochs), Epochs, "at least 1");
        Require(MinibatchSize >= 1, nameof(MinibatchSize), MinibatchSize, "at least 1");
    }

    private static void Require(bool isInRange, string name, float value, string range)
    {
        if (!isInRange)
        {
            // The message has name and value already; the exception's own words for them would make it two lines.
            throw new ArgumentOutOfRangeException(null, string.Create(CultureInfo.InvariantCulture, $"{name} is {value}; it must be {range}."));
        }
    }
}

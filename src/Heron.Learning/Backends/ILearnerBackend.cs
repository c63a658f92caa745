using Heron.Learning.Ppo;

namespace Heron.Learning.Backends;

/// <summary>
/// Where the networks of one policy are evaluated and trained. Parameters and moments cross this border as flat arrays in
/// the order of <see cref="Models.ParameterLayout"/>. Not for concurrent calls.
/// </summary>
public interface ILearnerBackend
{
    /// <summary>Gradient steps made so far, for Adam's bias correction.</summary>
    long StepCount { get; }

    /// <summary>Takes new parameters.</summary>
    /// <param name="parameters">Flat, as laid out.</param>
    void LoadParameters(ReadOnlySpan<float> parameters);

    /// <summary>Writes the parameters.</summary>
    /// <param name="parameters">Flat, as laid out.</param>
    void StoreParameters(Span<float> parameters);

    /// <summary>Takes Adam's moments and step count.</summary>
    /// <param name="first">First moments, flat.</param>
    /// <param name="second">Second moments, flat.</param>
    /// <param name="stepCount">Gradient steps made with them.</param>
    void LoadMoments(ReadOnlySpan<float> first, ReadOnlySpan<float> second, long stepCount);

    /// <summary>Writes Adam's moments.</summary>
    /// <param name="first">First moments, flat.</param>
    /// <param name="second">Second moments, flat.</param>
    void StoreMoments(Span<float> first, Span<float> second);

    /// <summary>Evaluates the actor.</summary>
    /// <param name="observations">Shape (rows, observation length).</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="distributionInputs">Receives [means | logarithms of standard deviations | logits] of each row, masks not applied.</param>
    void EvaluatePolicy(ReadOnlySpan<float> observations, int rows, Span<float> distributionInputs);

    /// <summary>Evaluates the critic.</summary>
    /// <param name="criticObservations">Shape (rows, critic's observation length).</param>
    /// <param name="rows">Number of rows.</param>
    /// <param name="values">Receives one value per row.</param>
    void EvaluateValues(ReadOnlySpan<float> criticObservations, int rows, Span<float> values);

    /// <summary>One step of Adam on the loss of a minibatch.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="rows">Which of its rows make up the minibatch, at least one.</param>
    /// <param name="step">Settings.</param>
    PpoStepStatistics Step(PpoBatch batch, ReadOnlySpan<int> rows, in PpoStep step);
}

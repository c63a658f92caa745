namespace Heron.Learning.Ppo;

/// <summary>Adds up the statistics of gradient steps. Steps that were left out do not count.</summary>
internal struct StatisticsSum
{
    private double _policyLoss;
    private double _valueLoss;
    private double _unclippedValueLoss;
    private double _entropy;
    private double _divergence;
    private double _approximateDivergence;
    private double _clipFraction;
    private double _loss;
    private double _gradientNorm;
    private int _steps;
    private int _skippedSteps;

    /// <summary>Statistics of the last step that was made.</summary>
    public PpoStepStatistics Last { get; private set; }

    public void Add(in PpoStepStatistics step)
    {
        if (!step.IsApplied)
        {
            _skippedSteps++;
            return;
        }

        Last = step;
        _steps++;
        _policyLoss += step.PolicyLoss;
        _valueLoss += step.ValueLoss;
        _unclippedValueLoss += step.UnclippedValueLoss;
        _entropy += step.Entropy;
        _divergence += step.Divergence;
        _approximateDivergence += step.ApproximateDivergence;
        _clipFraction += step.ClipFraction;
        _loss += step.Loss;
        _gradientNorm += step.GradientNorm;
    }

    public readonly PpoStatistics ToStatistics(bool hasKlTerm, double explainedVariance, float klCoefficient, float learningRate)
    {
        double scale = _steps == 0 ? double.NaN : 1.0 / _steps;
        return new PpoStatistics
        {
            PolicyLoss = _policyLoss * scale,
            ValueLoss = _valueLoss * scale,
            UnclippedValueLoss = _unclippedValueLoss * scale,
            Entropy = _entropy * scale,
            Kl = (hasKlTerm ? _divergence : _approximateDivergence) * scale,
            LastKl = hasKlTerm ? Last.Divergence : Last.ApproximateDivergence,
            ClipFraction = _clipFraction * scale,
            Loss = _loss * scale,
            GradientNorm = _gradientNorm * scale,
            ExplainedVariance = explainedVariance,
            KlCoefficient = klCoefficient,
            LearningRate = learningRate,
            Steps = _steps,
            SkippedSteps = _skippedSteps,
        };
    }
}

using Heron.Learning.Backends;
using Heron.Learning.Ppo;

namespace Heron.Learning.Tests.Shared;

/// <summary>Keeps the statistics of every gradient step of another backend.</summary>
internal sealed class RecordingBackend(ILearnerBackend inner) : ILearnerBackend
{
    public List<PpoStepStatistics> Steps { get; } = [];

    public List<int[]> Rows { get; } = [];

    public long StepCount => inner.StepCount;

    public void LoadParameters(ReadOnlySpan<float> parameters) => inner.LoadParameters(parameters);

    public void StoreParameters(Span<float> parameters) => inner.StoreParameters(parameters);

    public void LoadMoments(ReadOnlySpan<float> first, ReadOnlySpan<float> second, long stepCount) => inner.LoadMoments(first, second, stepCount);

    public void StoreMoments(Span<float> first, Span<float> second) => inner.StoreMoments(first, second);

    public void EvaluatePolicy(ReadOnlySpan<float> observations, int rows, Span<float> distributionInputs) =>
        inner.EvaluatePolicy(observations, rows, distributionInputs);

    public void EvaluateValues(ReadOnlySpan<float> criticObservations, int rows, Span<float> values) =>
        inner.EvaluateValues(criticObservations, rows, values);

    public PpoStepStatistics Step(PpoBatch batch, ReadOnlySpan<int> rows, in PpoStep step)
    {
        PpoStepStatistics statistics = inner.Step(batch, rows, step);
        Steps.Add(statistics);
        Rows.Add(rows.ToArray());
        return statistics;
    }
}

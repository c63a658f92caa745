using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Core.Spaces;
using Heron.Learning;
using Heron.Learning.Ppo;
using Heron.Learning.Training;

namespace Heron.Server.Bench;

/// <summary>
/// Acting and PPO updates of a network that others are measured with too (actor and critic 8-64-64 with tanh, 4 actions,
/// 2,048 rows, 10 epochs), and whole training iterations on an environment.
/// </summary>
/// <param name="registry">The catalogue.</param>
/// <param name="options">What is trained, and how.</param>
/// <param name="meter">Measures.</param>
internal sealed class LearnerBench(EnvironmentRegistry registry, TrainingOptions options, RateMeter meter)
{
    private const int Rows = 2048;

    private static readonly PolicySpec Spec = new(observationLength: 8, new DiscreteSpace(4));

    /// <summary>Measures one after the other.</summary>
    public IEnumerable<BenchFigure> Run()
    {
        yield return MeasureActing(rows: 1);
        yield return MeasureActing(rows: 64);
        yield return MeasureUpdate(minibatch: 64);
        yield return MeasureUpdate(minibatch: 512);
        yield return MeasureTraining();
    }

    private BenchFigure MeasureActing(int rows)
    {
        var policy = new Policy(Spec);
        float[] observations = Normal(rows * Spec.ObservationLength);
        var randoms = new RandomStream[rows];
        for (int row = 0; row < rows; row++)
        {
            randoms[row] = new RandomStream((ulong)row);
        }

        int[] actions = new int[rows];
        float[] logProbabilities = new float[rows];
        return meter.Measure(BenchAreas.Learner, $"act, batch {rows}, with sampling and log-probability", "actions", rows, () =>
            policy.Act(observations, [], randoms, new ActBatch { Discrete = actions, LogProbabilities = logProbabilities }));
    }

    private BenchFigure MeasureUpdate(int minibatch)
    {
        var policy = new Policy(Spec);
        var learner = new PpoLearner(policy, new PpoOptions
        {
            Epochs = 10,
            MinibatchSize = minibatch,
            ValueClipping = ValueClipping.ClipValue,
            VfClipParam = 0.2f,
            EntropyCoefficient = 0.01f,
            KlCoefficient = 0,
            GradientClip = 0.5f,
            AdamEpsilon = 1e-5f,
            NormalizeAdvantages = AdvantageNormalization.Minibatch,
        });
        PpoBatch batch = Sample(policy);
        var shuffle = new RandomStream(1);
        return meter.Measure(BenchAreas.Learner, $"PPO update, {Rows} rows, 10 epochs, minibatch {minibatch}", "updates", 1, () =>
            learner.Update(batch, learningRate: 2.5e-4f, ref shuffle));
    }

    private BenchFigure MeasureTraining()
    {
        // The rate must stay above 0 for as long as it takes.
        using var trainer = new PpoTrainer(registry, options with { Iterations = int.MaxValue });
        int steps = options.StepsPerCopy * options.NumEnvs;
        return meter.Measure(BenchAreas.Learner, $"training iteration, {steps} steps", "environment steps", steps, () => trainer.RunIteration());
    }

    private static PpoBatch Sample(Policy policy)
    {
        var batch = new PpoBatch(Spec, Rows) { Rows = Rows };
        Normal(batch.Observations.Length).CopyTo(batch.Observations, 0);
        Normal(Rows).CopyTo(batch.Advantages, 0);
        Normal(Rows).CopyTo(batch.ValueTargets, 0);
        var randoms = new RandomStream[Rows];
        for (int row = 0; row < Rows; row++)
        {
            randoms[row] = new RandomStream((ulong)row);
        }

        policy.Act(batch.Observations, [], randoms, new ActBatch
        {
            Discrete = batch.Discrete,
            LogProbabilities = batch.LogProbabilities,
            DistributionInputs = batch.DistributionInputs,
        });
        policy.Values(batch.CriticObservations, Rows, batch.Values);
        return batch;
    }

    private static float[] Normal(int count)
    {
        var random = new RandomStream(1);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (float)random.NextGaussian();
        }

        return numbers;
    }
}

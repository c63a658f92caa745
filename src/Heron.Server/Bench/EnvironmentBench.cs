using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Server.Commands;

namespace Heron.Server.Bench;

/// <summary>Steps of an environment in this process, with random actions drawn beforehand.</summary>
/// <param name="factory">The environment.</param>
/// <param name="meter">Measures.</param>
internal sealed class EnvironmentBench(EnvironmentFactory factory, RateMeter meter)
{
    private const int ManyCopies = 4096;

    /// <summary>Measures one after the other.</summary>
    public IEnumerable<BenchFigure> Run()
    {
        yield return MeasureSteps(copies: 1, threads: 1);
        yield return MeasureSteps(copies: 64, threads: 1);
        yield return MeasureSteps(ManyCopies, threads: 1);
        if (Environment.ProcessorCount > 1)
        {
            yield return MeasureSteps(ManyCopies, Environment.ProcessorCount);
        }

        yield return meter.Measure(BenchAreas.Environments, "create one more copy", "copies", 1, () => factory.Create());
    }

    private BenchFigure MeasureSteps(int copies, int threads)
    {
        using var environment = new VectorEnvironment(factory, copies, AutoresetMode.SameStep, threads);
        environment.Reset(1);
        var random = new RandomStream(1);
        for (int copy = 0; copy < copies; copy++)
        {
            RandomPlay.Write(environment, copy, ref random);
        }

        string work = $"step, {copies} {(copies == 1 ? "copy" : "copies")}, {threads} {(threads == 1 ? "thread" : "threads")}";
        return meter.Measure(BenchAreas.Environments, work, "environment steps", copies, environment.Step);
    }
}

using BenchmarkDotNet.Attributes;
using Heron.Core.Randomness;
using Heron.Learning;

namespace Heron.Benchmarks.Learning;

/// <summary>Actions with their log-probabilities, actor 8-64-64-4.</summary>
[MemoryDiagnoser]
public class ActBenchmarks
{
    private LearnerWorkload _workload = null!;
    private float[] _observations = [];
    private RandomStream[] _randoms = [];
    private int[] _actions = [];
    private float[] _logProbabilities = [];

    [Params(1, 64)]
    public int Rows { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        _workload = new LearnerWorkload(64);
        _observations = _workload.Observations[..(8 * Rows)];
        _randoms = [.. Enumerable.Range(0, Rows).Select(row => new RandomStream((ulong)row))];
        _actions = new int[Rows];
        _logProbabilities = new float[Rows];
    }

    [Benchmark]
    public void Act() => _workload.Policy.Act(_observations, [], _randoms, new ActBatch { Discrete = _actions, LogProbabilities = _logProbabilities });
}

using BenchmarkDotNet.Attributes;
using Heron.Learning.Ppo;

namespace Heron.Benchmarks.Learning;

/// <summary>One PPO update of 2,048 rows and 10 epochs on one core.</summary>
[MemoryDiagnoser]
public class LearnerBenchmarks
{
    private LearnerWorkload _workload = null!;

    [Params(64, 512)]
    public int MinibatchSize { get; set; }

    [GlobalSetup]
    public void Prepare() => _workload = new LearnerWorkload(MinibatchSize);

    [Benchmark]
    public PpoStatistics Update() => _workload.Update();
}

using BenchmarkDotNet.Attributes;
using Heron.Core.Environments;
using Heron.Core.Randomness;
using Heron.Core.Spaces;
using Heron.Simulations;

namespace Heron.Benchmarks.Environments;

/// <summary>Steps of all copies of an environment in one process, with random actions drawn beforehand.</summary>
[MemoryDiagnoser]
public class EnvironmentBenchmarks : IDisposable
{
    private VectorEnvironment _environments = null!;

    [Params("SimpleMicrogrids-v0", "MultiAgentArena-v0")]
    public string EnvironmentId { get; set; } = "";

    [Params(1, 64, 4096)]
    public int Copies { get; set; }

    [Params(1, 2)]
    public int Threads { get; set; }

    [GlobalSetup]
    public void Start()
    {
        var registry = new EnvironmentRegistry();
        HeronEnvironments.AddTo(registry);
        EnvironmentFactory factory = registry.Get(EnvironmentId).Configure();
        _environments = new VectorEnvironment(factory, Copies, AutoresetMode.SameStep, Threads);
        _environments.Reset(1);

        var random = new RandomStream(1);
        EnvironmentLayout layout = factory.Spec.Layout;
        for (int copy = 0; copy < Copies; copy++)
        {
            for (int agent = 0; agent < layout.AgentCount; agent++)
            {
                Space space = factory.Spec.Agents[agent].ActionSpace;
                space.Sample(
                    ref random,
                    _environments.ContinuousActions.Row(copy)[layout.Continuous(agent)],
                    _environments.DiscreteActions.Row(copy)[layout.Discrete(agent)]);
            }
        }
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _environments.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark]
    public void Step() => _environments.Step();
}

using BenchmarkDotNet.Running;
using Heron.Benchmarks.Environments;
using Heron.Benchmarks.Learning;
using Heron.Benchmarks.Messaging;
using Heron.Benchmarks.Wire;

// `serve` is what the wire benchmarks start as their server, `learning` trains five seeds of each task, `updates` takes turns
// with python/ppo_update.py, `hierarchies` prints how speed and memory grow with the number of agents, `messages` how fast
// agents write to each other; everything else goes to BenchmarkDotNet.
switch (args)
{
    case ["serve", ..]:
        return await BenchmarkServer.RunAsync(args);
    case ["learning"]:
        LearningReport.Print(seeds: 5);
        return 0;
    case ["updates"]:
        UpdateRounds.Run();
        return 0;
    case ["hierarchies"]:
        HierarchyReport.Print();
        return 0;
    case ["messages"]:
        MessageReport.Print();
        return 0;
    default:
        return BenchmarkSwitcher.FromAssembly(typeof(BenchmarkServer).Assembly).Run(args).Any() ? 0 : 1;
}

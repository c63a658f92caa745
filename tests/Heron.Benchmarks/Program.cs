using BenchmarkDotNet.Running;
using Heron.Benchmarks.Wire;

// `serve` is what the wire benchmarks start as their server; everything else goes to BenchmarkDotNet.
return args is ["serve", ..]
    ? await BenchmarkServer.RunAsync(args)
    : BenchmarkSwitcher.FromAssembly(typeof(BenchmarkServer).Assembly).Run(args).Any() ? 0 : 1;

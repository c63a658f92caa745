using Heron.Server;
using Heron.TestEnvironments.Probe;

return await HeronProgram.RunAsync(args, registry => registry.Add(ProbeEnvironment.Definition));

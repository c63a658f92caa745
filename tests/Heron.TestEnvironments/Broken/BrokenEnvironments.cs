using Heron.Core.Environments;
using Heron.TestEnvironments.Probe;

namespace Heron.TestEnvironments.Broken;

/// <summary>Environments with one defect each, most of them Probe-v0: at least one for every rule of the conformance suite.</summary>
public static partial class BrokenEnvironments
{
    private const AgentFlags Asked = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
    private const AgentFlags Ended = AgentFlags.Terminated | AgentFlags.Truncated;

    private static readonly EnvironmentFactory Sound = ProbeEnvironment.Definition.Configure();

    /// <summary>All of them.</summary>
    public static IEnumerable<BrokenEnvironment> All => [.. WithBrokenFlags(), .. WithBrokenNumbers(), .. WithBrokenActions(), .. WithMemory(), .. WithBrokenStates(), .. WhenDrivenByEvents()];

    /// <summary>A defect without memory: what happens after every reset and step.</summary>
    private static BrokenEnvironment AfterCalls(string rule, string defect, AlteredEnvironment.BufferChange change) =>
        Altered(rule, defect, inner => new AlteredEnvironment(inner, Sound.Spec) { AfterReset = change, AfterStep = change });

    private static BrokenEnvironment AfterSteps(string rule, string defect, AlteredEnvironment.BufferChange change) =>
        Altered(rule, defect, inner => new AlteredEnvironment(inner, Sound.Spec) { AfterStep = change });

    private static BrokenEnvironment BeforeSteps(string rule, string defect, AlteredEnvironment.BufferChange change) =>
        Altered(rule, defect, inner => new AlteredEnvironment(inner, Sound.Spec) { BeforeStep = change });

    private static BrokenEnvironment Altered(string rule, string defect, Func<IMultiAgentEnvironment, AlteredEnvironment> alter) =>
        new(rule, defect, new EnvironmentFactory(Sound.Spec, () => alter(Sound.Create())));

    /// <summary>Probe reports the step as its first metric.</summary>
    private static int StepOf(in StepBuffers buffers) => (int)buffers.Metrics[0];
}

namespace Heron.Core.Environments;

/// <summary>An environment whose parameters are settled: makes any number of independent, equal copies.</summary>
/// <param name="spec">Shared by all copies.</param>
/// <param name="create">Makes one copy; may share immutable structure with the others.</param>
public sealed class EnvironmentFactory(EnvironmentSpec spec, Func<IMultiAgentEnvironment> create)
{
    /// <summary>What is fixed about the environment.</summary>
    public EnvironmentSpec Spec { get; } = spec;

    /// <summary>Makes a copy. It needs a reset before its first step.</summary>
    public IMultiAgentEnvironment Create() => create();
}

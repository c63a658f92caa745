using Heron.Core.Environments;

namespace Heron.TestEnvironments.Broken;

/// <summary>An environment that breaks a rule of the contract.</summary>
/// <param name="Rule">Name of the rule.</param>
/// <param name="Defect">What it does wrong.</param>
/// <param name="Factory">The environment.</param>
public sealed record BrokenEnvironment(string Rule, string Defect, EnvironmentFactory Factory)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Defect}";
}

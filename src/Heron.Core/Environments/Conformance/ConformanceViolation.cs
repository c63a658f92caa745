namespace Heron.Core.Environments.Conformance;

/// <summary>A rule of the environment contract that an environment breaks.</summary>
/// <param name="Rule">Name of the rule, see <see cref="EnvironmentConformance.Rules"/>.</param>
/// <param name="Message">The first case that was found: episode seed, step, agent, value.</param>
public sealed record ConformanceViolation(string Rule, string Message)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Rule}: {Message}";
}

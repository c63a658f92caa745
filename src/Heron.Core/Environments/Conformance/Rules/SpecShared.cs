namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class SpecShared : ConformanceRule
{
    public override string Meaning => "All copies return the specification object of their factory.";

    internal override string? FindViolation(Trial trial) => ReferenceEquals(trial.Factory.Create().Spec, trial.Spec)
        ? null
        : $"a copy of {trial.Spec.Id} has a specification of its own; return the one that the factory was made with.";
}

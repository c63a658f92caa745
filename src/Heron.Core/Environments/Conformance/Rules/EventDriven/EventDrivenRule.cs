namespace Heron.Core.Environments.Conformance.Rules.EventDriven;

/// <summary>A rule about event-driven episodes. Environments that run step by step only keep it.</summary>
internal abstract class EventDrivenRule : ConformanceRule
{
    internal override IReadOnlyList<string> Presumed => [nameof(NoEventExceptions)];

    internal sealed override string? FindViolation(Trial trial) =>
        trial.Factory.IsEventDriven ? trial.EpisodeSeeds.Select(seed => FindViolation(trial, seed)).FirstOrDefault(violation => violation is not null) : null;

    /// <summary>Looks for the first case in one episode.</summary>
    protected abstract string? FindViolation(Trial trial, uint seed);
}

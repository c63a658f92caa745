namespace Heron.Core.Environments.Conformance.Rules.EventDriven;

internal sealed class EventSeedsRepeat : EventDrivenRule
{
    public override string Meaning => "Event-driven, the same seed gives the same events, decisions, rewards and metrics, in a fresh copy and beside it in one that has played before.";

    public override string Remedy => "What a disturbance, a condition or a handler changes must be a feature, not a field or a variable, and random numbers come from the context.";

    internal override IReadOnlyList<string> Presumed =>
        [nameof(NoEventExceptions), nameof(AgentsKeepNothing), nameof(SeedsRepeat), nameof(CopiesIndependent), nameof(ResetForgets)];

    protected override string? FindViolation(Trial trial, uint seed)
    {
        EventTrial fresh = new(trial), used = new(trial);
        used.Play(seed + 1000, physicsRuns: 5);
        fresh.Reset(seed);
        used.Reset(seed);
        return fresh.FindDifference(used) is { } difference ? $"{difference} Expected is a fresh copy with the same seed." : null;
    }
}

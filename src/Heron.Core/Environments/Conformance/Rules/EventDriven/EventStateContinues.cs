namespace Heron.Core.Environments.Conformance.Rules.EventDriven;

internal sealed class EventStateContinues : EventDrivenRule
{
    public override string Meaning => "Event-driven, a copy that takes over the state of another in mid-episode goes on like it, event for event.";

    public override string Remedy => "What lasts from event to event must be a feature; what an agent, a bridge or a score keeps in a field is missing from the state.";

    internal override IReadOnlyList<string> Presumed =>
        [nameof(EventSeedsRepeat), nameof(SavingChangesNothing), nameof(StateBytesRepeat), nameof(StateRewinds), nameof(StateComplete), .. new EventSeedsRepeat().Presumed];

    protected override string? FindViolation(Trial trial, uint seed)
    {
        EventTrial straight = new(trial), restored = new(trial);

        // Seeds in a row save later and later, each at another event of its moment.
        straight.Play(seed, physicsRuns: 1 + (4 * (seed % 4)));
        for (uint more = 0; more < seed % 7; more++)
        {
            straight.Next();
        }

        if (straight.Scheduler.IsOver)
        {
            return null;
        }

        restored.Play(seed + 1000, physicsRuns: 3);
        restored.ContinueFrom(straight);
        return straight.FindDifference(restored) is { } difference ? $"{difference} Expected is the copy that saved the state." : null;
    }
}

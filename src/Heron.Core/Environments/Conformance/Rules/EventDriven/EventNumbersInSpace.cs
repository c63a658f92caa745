namespace Heron.Core.Environments.Conformance.Rules.EventDriven;

internal sealed class EventNumbersInSpace : EventDrivenRule
{
    public override string Meaning => "Event-driven, too, every observation lies in its agent's observation space, and rewards and metrics are finite.";

    public override string Remedy => "What step mode does not know can lead there: actions between two runs of the physics, disturbances, custom events. Hold values in their range where they are written.";

    internal override IReadOnlyList<string> Presumed =>
        [nameof(NoEventExceptions), nameof(ObservationsInSpace), nameof(RewardsFinite), nameof(MetricsFinite), nameof(ExtremeActionsAccepted), nameof(ForbiddenActionsAccepted)];

    protected override string? FindViolation(Trial trial, uint seed)
    {
        var run = new EventTrial(trial);
        run.Reset(seed);
        while (run.GoesOn && run.BadNumber is null)
        {
            run.Next();
        }

        return run.BadNumber is { } violation ? $"{run.Place}: {violation}." : null;
    }
}

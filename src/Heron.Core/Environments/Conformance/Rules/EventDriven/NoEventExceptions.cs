namespace Heron.Core.Environments.Conformance.Rules.EventDriven;

internal sealed class NoEventExceptions : EventDrivenRule
{
    public override string Meaning => "Event-driven, no reset and no event throws while actions are in their spaces.";

    internal override IReadOnlyList<string> Presumed => [];

    protected override string? FindViolation(Trial trial, uint seed)
    {
        var run = new EventTrial(trial);
        try
        {
            run.Play(seed);
            return null;
        }
        catch (Exception exception)
        {
            return $"{run.Moment}: {EnvironmentConformance.Describe(exception)}";
        }
    }
}

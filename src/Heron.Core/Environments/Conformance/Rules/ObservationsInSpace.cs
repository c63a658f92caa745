namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class ObservationsInSpace : TrajectoryRule
{
    public override string Meaning => "Every observation, the first and the last included, lies in its agent's observation space.";

    public override string Remedy => "Hold the value in its range where it is written, or widen the range: ObservationSpace, or Minimum and Maximum of the field's Unit.";

    protected override string? LookAtAgent(TrialCopy copy, int agent) => ObservationText.Violation(copy, agent);
}

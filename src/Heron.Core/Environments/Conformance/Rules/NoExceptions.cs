namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class NoExceptions : TrajectoryRule
{
    public override string Meaning => "No reset and no step throws while actions are in their spaces.";
}

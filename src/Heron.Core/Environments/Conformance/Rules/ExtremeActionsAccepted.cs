using Heron.Core.Spaces;

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class ExtremeActionsAccepted : ConformanceRule
{
    public override string Meaning => "Actions at the corners of their spaces do not throw and do not lead out of the observation space.";

    internal override string? FindViolation(Trial trial)
    {
        for (int corner = 0; corner < 3; corner++)
        {
            TrialCopy copy = trial.NewCopy();
            copy.Reset(trial.Options.Seed);
            while (trial.GoesOn(copy))
            {
                // All low, all high, and from one end to the other.
                FillCorner(copy, corner == 2 ? copy.StepCount % 2 : corner);
                copy.Step();
                if (TrialCheck.FindBadNumber(copy) is { } violation)
                {
                    return violation;
                }
            }
        }

        return null;
    }

    private static void FillCorner(TrialCopy copy, int end)
    {
        for (int agent = 0; agent < copy.Flags.Length; agent++)
        {
            Space space = copy.Spec.Agents[agent].ActionSpace;
            Span<float> numbers = copy.Continuous.AsSpan(copy.Spec.Layout.Continuous(agent));
            for (int i = 0; i < numbers.Length; i++)
            {
                float bound = end == 0 ? space.Low(i) : space.High(i);
                numbers[i] = float.IsFinite(bound) ? bound : Math.Sign(bound);
            }

            Span<int> categories = copy.Discrete.AsSpan(copy.Spec.Layout.Discrete(agent));
            for (int head = 0; head < categories.Length; head++)
            {
                categories[head] = end == 0 ? 0 : space.HeadSizes[head] - 1;
            }
        }
    }
}

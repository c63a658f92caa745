namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class NothingAllocated : ConformanceRule
{
    public override string Meaning => "Once it is warm, a copy allocates no memory in resets and steps.";

    public override string Remedy => "Keep arrays that are needed in every step as fields of the bridge, and replace LINQ, lambdas that capture, boxing and new arrays by loops over arrays and spans.";

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy copy = trial.NewCopy();
        TrialActions actions = trial.NewActions(trial.Options.Seed);
        copy.Reset(trial.Options.Seed);

        // The first round warms up; a rare path may be met for the first time in a later one, so the best of three counts.
        long fewest = CountBytes(trial, copy, actions);
        for (int round = 0; round < 3 && fewest > 0; round++)
        {
            fewest = Math.Min(fewest, CountBytes(trial, copy, actions));
        }

        return fewest == 0
            ? null
            : $"{trial.Options.AllocationSteps} resets and steps allocate {fewest} bytes{(PhaseAllocations.Find(trial) is { } place ? $", most of them in {place}" : "")}.";
    }

    private static long CountBytes(Trial trial, TrialCopy copy, TrialActions actions)
    {
        long sum = 0;
        for (int step = 0; step < trial.Options.AllocationSteps; step++)
        {
            actions.Fill(copy);
            bool goesOn = trial.GoesOn(copy);
            uint seed = trial.Options.Seed + (uint)step;
            long before = GC.GetAllocatedBytesForCurrentThread();
            if (goesOn)
            {
                copy.Step();
            }
            else
            {
                copy.Reset(seed);
            }

            sum += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        return sum;
    }
}

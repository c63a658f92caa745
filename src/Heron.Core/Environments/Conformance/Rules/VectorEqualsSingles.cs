namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class VectorEqualsSingles : ConformanceRule
{
    private const int Steps = 150;

    public override string Meaning => "In a vector environment, in every autoreset mode and on any number of threads, each copy does what it does by itself.";

    internal override bool BlamesFields => true;

    internal override string? FindViolation(Trial trial)
    {
        foreach (AutoresetMode mode in Enum.GetValues<AutoresetMode>())
        {
            foreach (int threads in trial.Options.ThreadCounts)
            {
                using var vector = new VectorEnvironment(trial.Factory, trial.Options.Copies, mode, threads);
                if (FindDifference(trial, vector) is { } difference)
                {
                    return $"{difference} (autoreset {mode}, {threads} threads)";
                }
            }
        }

        return null;
    }

    private static string? FindDifference(Trial trial, VectorEnvironment vector)
    {
        var singles = new SingleCopies(trial, vector.Count, vector.AutoresetMode);
        vector.Reset(trial.Options.Seed);
        singles.Reset(trial.Options.Seed);
        string? difference = singles.FindDifference(vector);
        for (int step = 0; step < Steps && difference is null; step++)
        {
            if (vector.AutoresetMode == AutoresetMode.Disabled && singles.AnyOver)
            {
                vector.Reset(singles.OverMask, []);
                singles.ResetThoseOver();
            }
            else
            {
                singles.FillActions(vector);
                vector.Step();
                singles.Step();
            }

            difference = singles.FindDifference(vector);
        }

        return difference;
    }
}

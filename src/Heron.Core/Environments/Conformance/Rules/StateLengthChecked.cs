namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class StateLengthChecked : ConformanceRule
{
    public override string Meaning => "A state of the wrong length is refused with an ArgumentException, and nothing changes.";

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy copy = trial.NewCopy();
        copy.Reset(trial.Options.Seed);
        trial.Play(copy, trial.NewActions(trial.Options.Seed), 3);
        byte[] before = copy.Save();
        int[] lengths = [0, before.Length - 1, before.Length + 1];
        foreach (int length in lengths.Where(length => length >= 0 && length != before.Length).Distinct())
        {
            try
            {
                copy.Environment.LoadState(new byte[length]);
                return $"a state of {length} bytes was taken, though {before.Length} were saved.";
            }
            catch (ArgumentException) when (copy.Save().AsSpan().SequenceEqual(before))
            {
                // As it should be.
            }
            catch (ArgumentException)
            {
                return $"a state of {length} bytes was refused, but the copy changed.";
            }
        }

        return null;
    }
}

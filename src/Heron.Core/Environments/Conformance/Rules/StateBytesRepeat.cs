namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class StateBytesRepeat : ConformanceRule
{
    public override string Meaning => "Copies with the same seed and actions save the same bytes, and fill all that they ask for.";

    internal override bool NeedsRepeatableRuns => true;

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy first = trial.NewCopy();
        foreach (uint seed in trial.EpisodeSeeds)
        {
            TrialCopy second = trial.NewCopy();
            first.Reset(seed);
            second.Reset(seed);
            TrialActions actions = trial.NewActions(seed);
            while (trial.GoesOn(first))
            {
                // Different backgrounds show bytes that are not written.
                byte[] one = SaveOver(first, 0x00), other = SaveOver(second, 0xFF);
                int length = one.AsSpan().CommonPrefixLength(other);
                if (length < one.Length || length < other.Length)
                {
                    return $"{first.Place}: equal copies save different states ({one.Length} and {other.Length} bytes, equal up to byte {length}); a byte may not be written, or may come from an earlier episode.";
                }

                actions.Fill(first);
                second.TakeActionsOf(first);
                first.Step();
                second.Step();
            }
        }

        return null;
    }

    private static byte[] SaveOver(TrialCopy copy, byte background)
    {
        byte[] state = new byte[copy.Environment.StateByteCount];
        state.AsSpan().Fill(background);
        copy.Environment.SaveState(state);
        return state;
    }
}

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class RenderWorks : ConformanceRule
{
    private const string NoMode = "no such mode";

    public override string Meaning => "Every render mode gives a text at any time after a reset and changes nothing; another mode is an ArgumentException.";

    internal override string? FindViolation(Trial trial)
    {
        TrialCopy copy = trial.NewCopy();
        copy.Reset(trial.Options.Seed);
        TrialActions actions = trial.NewActions(trial.Options.Seed);
        for (int look = 0; look < 5; look++)
        {
            byte[] before = copy.Save();
            foreach (string mode in trial.Spec.RenderModes)
            {
                if (string.IsNullOrEmpty(copy.Environment.Render(mode)))
                {
                    return $"{copy.Place}: mode '{mode}' gives no text.";
                }
            }

            if (!copy.Save().AsSpan().SequenceEqual(before))
            {
                return $"{copy.Place}: rendering changes the state.";
            }

            trial.Play(copy, actions, 1 + look);
        }

        return RefusesOtherModes(copy) ? null : $"mode '{NoMode}' is not refused with an ArgumentException.";
    }

    private static bool RefusesOtherModes(TrialCopy copy)
    {
        try
        {
            copy.Environment.Render(NoMode);
            return false;
        }
        catch (ArgumentException)
        {
            return true;
        }
    }
}

namespace Heron.Core.Environments.Conformance;

/// <summary>An environment under examination, with the means that the rules share.</summary>
internal sealed class Trial(EnvironmentFactory factory, ConformanceOptions options)
{
    public EnvironmentFactory Factory => factory;

    public EnvironmentSpec Spec => factory.Spec;

    public ConformanceOptions Options => options;

    /// <summary>Seeds of the episodes that a rule looks at.</summary>
    public IEnumerable<uint> EpisodeSeeds => Enumerable.Range(0, options.Episodes).Select(episode => options.Seed + (uint)episode);

    public TrialCopy NewCopy() => new(factory.Create(), Spec);

    /// <summary>Actions for one episode; equal seeds give equal actions.</summary>
    public TrialActions NewActions(uint seed) => new(Spec, seed);

    public bool GoesOn(TrialCopy copy) => !copy.IsOver && copy.StepCount < options.MaxSteps;

    /// <summary>Steps an episode to its end, or a part of it.</summary>
    public void Play(TrialCopy copy, TrialActions actions, int steps = int.MaxValue)
    {
        for (int step = 0; step < steps && GoesOn(copy); step++)
        {
            actions.Fill(copy);
            copy.Step();
        }
    }

    /// <summary>Steps two copies with the same actions until their results differ.</summary>
    /// <param name="expected">The copy to go by.</param>
    /// <param name="actual">The copy that must do the same.</param>
    /// <param name="actions">Fills the actions of both.</param>
    /// <param name="alter">Changes the actions of the two in ways that must not matter.</param>
    /// <returns>The first difference, or null.</returns>
    public string? FindDifference(TrialCopy expected, TrialCopy actual, TrialActions actions, Action<TrialCopy, TrialCopy>? alter = null)
    {
        string? difference = actual.DifferenceFrom(expected);
        while (difference is null && GoesOn(expected))
        {
            actions.Fill(expected);
            actual.TakeActionsOf(expected);
            alter?.Invoke(expected, actual);
            expected.Step();
            actual.Step();
            difference = actual.DifferenceFrom(expected);
        }

        return difference;
    }

    /// <summary>Plays an episode and keeps the actions and results of every call, the reset's first.</summary>
    public IReadOnlyList<TrialCopy> Record(uint seed)
    {
        TrialCopy copy = NewCopy();
        TrialActions actions = NewActions(seed);
        copy.Reset(seed);
        var records = new List<TrialCopy> { copy.Copy() };
        while (GoesOn(copy))
        {
            Play(copy, actions, 1);
            records.Add(copy.Copy());
        }

        return records;
    }
}

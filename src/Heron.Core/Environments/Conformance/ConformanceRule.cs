namespace Heron.Core.Environments.Conformance;

/// <summary>One promise of the environment contract that can be checked from outside.</summary>
public abstract class ConformanceRule
{
    private protected ConformanceRule()
    {
    }

    /// <summary>Short name, in one word.</summary>
    public string Name => GetType().Name;

    /// <summary>What an environment must do, in one sentence.</summary>
    public abstract string Meaning { get; }

    /// <summary>What to mend when the rule is broken, as one or more sentences; empty when the meaning says it all.</summary>
    public virtual string Remedy => "";

    /// <summary>Whether what an author's objects keep in their fields explains a broken rule, so that those that change are named.</summary>
    internal virtual bool BlamesFields => NeedsRepeatableRuns;

    /// <summary>Whether the rule compares runs that must be alike, so that it says nothing about environments in which no two runs are.</summary>
    internal virtual bool NeedsRepeatableRuns => false;

    /// <summary>Names of rules that come before this one, and without which it would say the same again.</summary>
    internal virtual IReadOnlyList<string> Presumed => [];

    /// <summary>Looks for the first case in which the environment breaks the rule.</summary>
    /// <returns>The case, or null when there is none. An exception of the environment breaks the rule, too.</returns>
    internal abstract string? FindViolation(Trial trial);
}

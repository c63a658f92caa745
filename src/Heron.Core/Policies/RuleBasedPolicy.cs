namespace Heron.Core.Policies;

/// <summary>Decides by a rule that is written down, a thermostat's for example.</summary>
public sealed class RuleBasedPolicy : Policy
{
    private readonly DecisionRule _rule;

    /// <summary>Wraps a rule.</summary>
    /// <param name="rule">Keeps nothing that changes; see <see cref="PolicyContext.Memory"/>.</param>
    /// <param name="memoryLength">Floats that the rule remembers, 0 or more; default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The length is negative.</exception>
    public RuleBasedPolicy(DecisionRule rule, int memoryLength = 0)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(memoryLength);
        _rule = rule;
        MemoryLength = memoryLength;
    }

    /// <inheritdoc/>
    public override bool Decide(in PolicyContext context) => _rule(context);
}

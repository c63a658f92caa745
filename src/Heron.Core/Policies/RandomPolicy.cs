namespace Heron.Core.Policies;

/// <summary>Draws every action from the agent's space, categories from those that its mask allows.</summary>
public sealed class RandomPolicy : Policy
{
    /// <inheritdoc/>
    public override bool Decide(in PolicyContext context)
    {
        RandomActions.Sample(context.ActionSpace, context.Mask, ref context.Random, context.Continuous, context.Discrete);
        return true;
    }
}

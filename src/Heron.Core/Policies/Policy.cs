namespace Heron.Core.Policies;

/// <summary>Chooses the actions of an agent from its observations: a rule, a random number, a network.</summary>
/// <remarks>One instance serves any number of agents and environment copies, so it keeps nothing that changes; what it must remember belongs in <see cref="PolicyContext.Memory"/>.</remarks>
public abstract class Policy
{
    /// <summary>Which part of the observation it gets; default all of it.</summary>
    public ObservationMode ObservationMode { get; init; }

    /// <summary>Floats that it remembers from one decision to the next, part of the environment's state; default 0.</summary>
    public int MemoryLength { get; protected init; }

    /// <summary>Called at the start of every episode, when the memory is all zeros.</summary>
    /// <param name="context">Memory and random stream; there is no observation yet.</param>
    public virtual void Reset(in PolicyContext context)
    {
    }

    /// <summary>Chooses an action.</summary>
    /// <param name="context">The observation, and where the action belongs. Numbers outside the action space are clipped.</param>
    /// <returns>False to choose none: the agent does what it does when idle, and what was written is ignored.</returns>
    public abstract bool Decide(in PolicyContext context);
}

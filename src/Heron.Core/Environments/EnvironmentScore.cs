namespace Heron.Core.Environments;

/// <summary>Rewards that no agent can settle alone (shared rewards, penalties for the whole) and the metrics of the environment.</summary>
/// <remarks>One instance is shared by all copies of one environment, so it keeps nothing that changes. Ready-made ones are in <see cref="Rewards"/>.</remarks>
public abstract class EnvironmentScore
{
    /// <summary>Names of the numbers in <see cref="ScoreContext.Metrics"/>; default none.</summary>
    public IReadOnlyList<string> MetricNames { get; protected init; } = [];

    /// <summary>Called once, when the environment is built: the place to look up whose reward stands where.</summary>
    /// <param name="setup">The agents.</param>
    protected internal virtual void Connect(ScoreSetup setup)
    {
    }

    /// <summary>Called after every step and every reset, when the rewards hold each agent's own.</summary>
    /// <param name="context">State after the simulation, rewards and metrics. After a reset the rewards are discarded.</param>
    public abstract void Score(in ScoreContext context);
}

using Heron.Core.Features;

namespace Heron.Core.Environments;

/// <summary>What a score reads and writes.</summary>
public readonly ref struct ScoreContext
{
    private readonly StateStore _store;

    internal ScoreContext(StateStore store, Span<float> rewards, Span<float> metrics)
    {
        _store = store;
        Rewards = rewards;
        Metrics = metrics;
    }

    /// <summary>In and out: the rewards of the acting agents, in the order of <see cref="EnvironmentSpec.Agents"/>. Those of agents that are not in the step are 0 and become 0 again afterwards.</summary>
    public Span<float> Rewards { get; }

    /// <summary>Out: one number per entry of <see cref="EnvironmentScore.MetricNames"/>.</summary>
    public Span<float> Metrics { get; }

    /// <summary>Steps completed since the reset; 0 after a reset.</summary>
    public long Step => _store.Clock.Step;

    /// <summary>A feature of this environment.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Its handle, as its agent offers it.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ref readonly T Get<T>(Feature<T> feature)
        where T : unmanaged => ref _store.Get(feature);
}

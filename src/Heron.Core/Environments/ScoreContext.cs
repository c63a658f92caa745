using Heron.Core.Features;

namespace Heron.Core.Environments;

/// <summary>What a score reads and writes.</summary>
public readonly ref struct ScoreContext
{
    private readonly StateStore _store;
    private readonly ReadOnlySpan<AgentFlags> _flags;

    internal ScoreContext(StateStore store, ReadOnlySpan<AgentFlags> flags, Span<float> rewards, Span<float> metrics)
    {
        _store = store;
        _flags = flags;
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

    /// <summary>A feature as it was when rewards were last computed, at the start of an episode as it is then: for rewards that depend on a difference.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Declared with <c>keepsPrevious</c>.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment, or keeps no previous value.</exception>
    public ref readonly T GetPrevious<T>(Feature<T> feature)
        where T : unmanaged => ref _store.GetPrevious(feature);

    /// <summary>A feature of this environment whose length was settled when its agent was made.</summary>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ReadOnlySpan<float> Get(VectorFeature feature) => _store.Get(feature);

    /// <summary>One number of somebody's state.</summary>
    /// <param name="field">Its handle.</param>
    /// <exception cref="InvalidOperationException">The field belongs to another environment.</exception>
    public double Read(FieldHandle field) => field.Read(_store);

    /// <summary>Whether an agent took part in the step: it has a reward, be it its last.</summary>
    /// <param name="index">Its index in <see cref="Rewards"/>.</param>
    public bool IsInStep(int index) => (_flags[index] & AgentFlags.Alive) != 0;

    internal ScoreContext WithMetrics(int start, int count) => new(_store, _flags, Rewards, Metrics.Slice(start, count));
}

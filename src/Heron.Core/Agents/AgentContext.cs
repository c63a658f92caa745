using Heron.Core.Features;
using Heron.Core.Randomness;

namespace Heron.Core.Agents;

/// <summary>What an agent works with when it changes state.</summary>
public readonly ref struct AgentContext
{
    private const double SecondsPerNanosecond = 1e-9;

    private readonly StateStore _store;
    private readonly Agent _agent;

    internal AgentContext(StateStore store, Agent agent)
    {
        _store = store;
        _agent = agent;
    }

    /// <summary>Continuous numbers of the action in force, clipped to the action space.</summary>
    public ReadOnlySpan<float> Action => _store.ContinuousAction(_agent);

    /// <summary>Categories of the action in force, one per head.</summary>
    public ReadOnlySpan<int> Categories => _store.DiscreteAction(_agent);

    /// <summary>The agent's own random stream of this episode.</summary>
    public ref RandomStream Random => ref _store.Stream(_agent.Index);

    /// <summary>Steps completed since the reset: 0 while the first step acts.</summary>
    public long Step => _store.Clock.Step;

    /// <summary>Simulated time since the reset; it stands still after 292 years.</summary>
    public double TimeSeconds => _store.Clock.Nanoseconds * SecondsPerNanosecond;

    /// <summary>A feature of this environment, by reference: writing to it changes the state.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ref T Get<T>(Feature<T> feature)
        where T : unmanaged => ref _store.Get(feature);
}

using Heron.Core.Features;
using Heron.Core.Randomness;

namespace Heron.Core.Environments;

/// <summary>What a bridge works with during one step.</summary>
public readonly ref struct SimulationContext
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly StateStore _store;

    internal SimulationContext(StateStore store, double stepSeconds)
    {
        _store = store;
        StepSeconds = stepSeconds;
    }

    /// <summary>The environment's own random stream of this episode. Draw from it directly or by <c>ref</c>: a copy in a variable would give the same numbers again.</summary>
    public ref RandomStream Random => ref _store.Stream(-1);

    /// <summary>Steps completed before this one: 0 in the first.</summary>
    public long Step => _store.Clock.Step;

    /// <summary>Simulated time at the start of the step.</summary>
    public double TimeSeconds => _store.Clock.Nanoseconds / NanosecondsPerSecond;

    /// <summary>Simulated length of the step.</summary>
    public double StepSeconds { get; }

    internal StateStore Store => _store;

    /// <summary>A feature of this environment, by reference.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Its handle, as its agent offers it.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ref T Get<T>(Feature<T> feature)
        where T : unmanaged => ref _store.Get(feature);
}

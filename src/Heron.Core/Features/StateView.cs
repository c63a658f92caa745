namespace Heron.Core.Features;

/// <summary>A state to read from, of now or of an earlier moment; nothing can be changed through it.</summary>
public readonly ref struct StateView
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly StateStore _store;

    internal StateView(StateStore store) => _store = store;

    /// <summary>Steps completed then; in event-driven mode runs of the physics.</summary>
    public long Step => _store.Clock.Step;

    /// <summary>Simulated time of the state, in seconds since the reset.</summary>
    public double TimeSeconds => _store.Clock.Nanoseconds / NanosecondsPerSecond;

    /// <summary>A feature as it was then.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ref readonly T Get<T>(Feature<T> feature)
        where T : unmanaged => ref _store.Get(feature);
}

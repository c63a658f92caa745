using Heron.Core.Features;
using Heron.Core.Messaging;

namespace Heron.Core.Agents;

/// <summary>What an agent reads when it observes or is judged; nothing can be changed through it.</summary>
public readonly ref struct AgentView
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly Agent _agent;

    internal AgentView(StateStore store, Agent agent)
    {
        Store = store;
        _agent = agent;
    }

    /// <summary>Continuous numbers of the action in force, clipped to the action space; the neutral action before the first step.</summary>
    public ReadOnlySpan<float> Action => Store.ContinuousAction(_agent);

    /// <summary>Categories of the action in force, one per head.</summary>
    public ReadOnlySpan<int> Categories => Store.DiscreteAction(_agent);

    /// <summary>Steps completed since the reset.</summary>
    public long Step => Store.Clock.Step;

    /// <summary>Simulated time since the reset; it stands still after 292 years.</summary>
    public double TimeSeconds => Store.Clock.Nanoseconds / NanosecondsPerSecond;

    internal StateStore Store { get; }

    /// <summary>A feature of this environment. Access by handle passes no visibility check: the author decides.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ref readonly T Get<T>(Feature<T> feature)
        where T : unmanaged => ref Store.Get(feature);

    /// <summary>A feature as it was when rewards were last computed, at the start of an episode as it is then: for rewards that depend on a difference.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Declared with <c>keepsPrevious</c>.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment, or keeps no previous value.</exception>
    public ref readonly T GetPrevious<T>(Feature<T> feature)
        where T : unmanaged => ref Store.GetPrevious(feature);

    /// <summary>The whole state as it was some time ago: the newest that is kept from that moment or before it, else the oldest.</summary>
    /// <param name="secondsAgo">Simulated seconds, 0 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative or not a number.</exception>
    /// <exception cref="InvalidOperationException">The environment keeps no history: see <see cref="Environments.HeronEnvironmentOptions.HistoryLength"/>.</exception>
    public StateView Ago(double secondsAgo) => StateHistory.Ago(Store, secondsAgo);

    /// <summary>A feature whose length was settled when its agent was made.</summary>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ReadOnlySpan<float> Get(VectorFeature feature) => Store.Get(feature);

    /// <summary>Looks at the oldest message that is due, and leaves it where it is.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="message">The message.</param>
    /// <returns>False when none is due.</returns>
    /// <exception cref="InvalidOperationException">The mailbox belongs to another environment.</exception>
    public bool TryPeek<T>(Mailbox<T> mailbox, out Message<T> message)
        where T : unmanaged => mailbox.TryPeek(Store, out message);

    /// <summary>Messages of a mailbox that are due.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <exception cref="InvalidOperationException">The mailbox belongs to another environment.</exception>
    public int CountOf(Mailbox mailbox) => mailbox.Ring.CountDue(Store, mailbox.OffsetIn(Store), Store.Clock.Nanoseconds);

    /// <summary>Messages that a full mailbox gave up since the reset.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <exception cref="InvalidOperationException">The mailbox belongs to another environment.</exception>
    public long DroppedBy(Mailbox mailbox) => MessageRing.Dropped(Store, mailbox.OffsetIn(Store));
}

using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Randomness;
using Heron.Core.Scheduling;

namespace Heron.Core.Agents;

/// <summary>What an agent works with when it changes state.</summary>
public readonly ref struct AgentContext
{
    private const double NanosecondsPerSecond = 1e9;

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

    /// <summary>The agent's own random stream of this episode. Draw from it directly or by <c>ref</c>: a copy in a variable would give the same numbers again.</summary>
    public ref RandomStream Random => ref _store.Stream(_agent.Index);

    /// <summary>Steps completed since the reset: 0 while the first step acts.</summary>
    public long Step => _store.Clock.Step;

    /// <summary>Simulated time since the reset; it stands still after 292 years.</summary>
    public double TimeSeconds => _store.Clock.Nanoseconds / NanosecondsPerSecond;

    /// <summary>A feature of this environment, by reference: writing to it changes the state.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ref T Get<T>(Feature<T> feature)
        where T : unmanaged => ref _store.Get(feature);

    /// <summary>Gives a feature its initial value again; what is written to the result comes on top of it.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ref T Restore<T>(Feature<T> feature)
        where T : unmanaged
    {
        ref T value = ref _store.Get(feature);
        value = feature.Initial;
        return ref value;
    }

    /// <summary>A feature of this environment whose length was settled when its agent was made; writing to it changes the state.</summary>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public Span<float> Get(VectorFeature feature) => _store.Get(feature);

    /// <summary>Sends a message. In step mode it is there at once, unless it is given a delay; event-driven it takes the agent's message delay besides.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="mailbox">Of the recipient.</param>
    /// <param name="payload">What it says.</param>
    /// <param name="delaySeconds">Simulated time that it takes, 0 or more; default 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative or not a number.</exception>
    /// <exception cref="InvalidOperationException">The mailbox belongs to another environment.</exception>
    public void Send<T>(Mailbox<T> mailbox, in T payload, double delaySeconds = 0)
        where T : unmanaged => mailbox.Put(_store, payload, _agent, DelayNanoseconds(delaySeconds));

    /// <summary>Sends a message to everyone who subscribed to a channel of this environment.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="channel">The channel.</param>
    /// <param name="payload">What it says.</param>
    /// <param name="delaySeconds">As for a single recipient.</param>
    /// <exception cref="ArgumentOutOfRangeException">The delay is negative or not a number.</exception>
    public void Send<T>(Channel<T> channel, in T payload, double delaySeconds = 0)
        where T : unmanaged
    {
        long delay = DelayNanoseconds(delaySeconds);
        foreach (Mailbox<T> mailbox in channel.Recipients)
        {
            mailbox.Put(_store, payload, _agent, delay);
        }
    }

    /// <summary>Takes the oldest message that is due out of a mailbox.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="mailbox">The mailbox.</param>
    /// <param name="message">The message.</param>
    /// <returns>False when none is due.</returns>
    /// <exception cref="InvalidOperationException">The mailbox belongs to another environment.</exception>
    public bool TryReceive<T>(Mailbox<T> mailbox, out Message<T> message)
        where T : unmanaged => mailbox.TryTake(_store, out message);

    /// <summary>Throws away what a mailbox holds, messages under way included.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <exception cref="InvalidOperationException">The mailbox belongs to another environment.</exception>
    public void Clear(Mailbox mailbox) => MessageRing.Clear(_store, mailbox.OffsetIn(_store));

    /// <summary>Sends a custom event to an agent; it happens at this or a later instant, after what happens now. Step mode knows no events and drops it.</summary>
    /// <typeparam name="T">What the event carries.</typeparam>
    /// <param name="raised">The kind of event.</param>
    /// <param name="recipient">An agent of this environment that handles it.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="delaySeconds">Simulated seconds until it happens, 0 or more; default 0.</param>
    /// <param name="priority">Order within its instant, 0 to 100; lower ones come first, default 0.</param>
    /// <returns>Whether it was scheduled: false in step mode.</returns>
    /// <exception cref="ArgumentException">The recipient does not handle it, or a number is out of range.</exception>
    public bool Raise<T>(CustomEvent<T> raised, Agent recipient, in T payload, double delaySeconds = 0, int priority = 0)
        where T : unmanaged
    {
        if (_store.Events is not { } events)
        {
            return false;
        }

        events.Custom.Send(raised, _agent, recipient, payload, delaySeconds, priority);
        return true;
    }

    /// <summary>Sends a custom event to every agent that handles it, one event each, in tree order; the sender itself is left out.</summary>
    /// <typeparam name="T">What the event carries.</typeparam>
    /// <param name="raised">The kind of event.</param>
    /// <param name="payload">What it carries.</param>
    /// <param name="delaySeconds">Simulated seconds until it happens, 0 or more; default 0.</param>
    /// <param name="priority">Order within its instant, 0 to 100; lower ones come first, default 0.</param>
    /// <returns>Recipients: 0 in step mode.</returns>
    /// <exception cref="ArgumentException">A number is out of range.</exception>
    public int Broadcast<T>(CustomEvent<T> raised, in T payload, double delaySeconds = 0, int priority = 0)
        where T : unmanaged => _store.Events?.Custom.SendToAll(raised, _agent, payload, delaySeconds, priority) ?? 0;

    private long DelayNanoseconds(double seconds)
    {
        if (!(seconds >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(seconds), seconds, $"A message of agent '{_agent.Id}' takes 0 seconds or more.");
        }

        // Both saturate at the last moment of the clock.
        long own = (long)Math.Round(seconds * NanosecondsPerSecond);
        long underWay = _store.Events?.DrawMessageDelay(_agent.Index) ?? 0;
        return own + Math.Min(underWay, long.MaxValue - own);
    }
}

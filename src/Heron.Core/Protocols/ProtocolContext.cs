using System.Runtime.InteropServices;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Randomness;

namespace Heron.Core.Protocols;

/// <summary>What a protocol works with in one round.</summary>
public readonly ref struct ProtocolContext
{
    private const double NanosecondsPerSecond = 1e9;

    private readonly StateStore _store;
    private readonly Coordination _coordination;
    private readonly long _delayNanoseconds;

    internal ProtocolContext(StateStore store, Coordination coordination, bool hasDecision, long delayNanoseconds)
    {
        _store = store;
        _coordination = coordination;
        HasDecision = hasDecision;
        _delayNanoseconds = delayNanoseconds;
    }

    /// <summary>The agent that coordinates.</summary>
    public Agent Owner => _coordination.Owner;

    /// <summary>Whether the owner has chosen an action for this round. Without one there is nothing to pass on.</summary>
    public bool HasDecision { get; }

    /// <summary>Continuous numbers of the owner's action in force, within its space; empty when it has none.</summary>
    public ReadOnlySpan<float> Action => Owner.ActionSpace is null ? default : _store.ContinuousAction(Owner);

    /// <summary>Categories of the owner's action in force; empty when it has none.</summary>
    public ReadOnlySpan<int> Categories => Owner.ActionSpace is null ? default : _store.DiscreteAction(Owner);

    /// <summary>The owner's random stream of this episode. Draw from it directly or by <c>ref</c>: a copy in a variable would give the same numbers again.</summary>
    public ref RandomStream Random => ref _store.Stream(Owner.Index);

    /// <summary>Steps completed since the reset.</summary>
    public long Step => _store.Clock.Step;

    /// <summary>Simulated time since the reset.</summary>
    public double TimeSeconds => _store.Clock.Nanoseconds / NanosecondsPerSecond;

    /// <summary>A feature of this environment, by reference.</summary>
    /// <typeparam name="T">The feature's struct.</typeparam>
    /// <param name="feature">Its handle.</param>
    /// <exception cref="InvalidOperationException">The feature belongs to another environment.</exception>
    public ref T Get<T>(Feature<T> feature)
        where T : unmanaged => ref _store.Get(feature);

    /// <summary>One number of somebody's state.</summary>
    /// <param name="field">Its handle.</param>
    /// <exception cref="InvalidOperationException">The field belongs to another environment.</exception>
    public double Read(FieldHandle field) => field.Read(_store);

    /// <summary>Sends a message in the owner's name; it replaces the last one when it arrives.</summary>
    /// <typeparam name="T">The message.</typeparam>
    /// <param name="inbox">Of the recipient.</param>
    /// <param name="message">What it says.</param>
    public void Send<T>(Inbox<T> inbox, in T message)
        where T : unmanaged => inbox.Put(_store, message, Owner, _delayNanoseconds);

    /// <summary>Sends a message in the owner's name; it replaces the last one when it arrives.</summary>
    /// <param name="inbox">Of the recipient.</param>
    /// <param name="message">One float per field of the inbox.</param>
    /// <exception cref="ArgumentException">The length differs.</exception>
    public void Send(VectorInbox inbox, ReadOnlySpan<float> message) => inbox.Put(_store, message, Owner, _delayNanoseconds);

    /// <summary>Sends one of several messages of the round.</summary>
    /// <typeparam name="T">The payload.</typeparam>
    /// <param name="mailbox">Of the recipient.</param>
    /// <param name="payload">What it says.</param>
    /// <param name="sender">In whose name.</param>
    public void Send<T>(Mailbox<T> mailbox, in T payload, Agent sender)
        where T : unmanaged => mailbox.Put(_store, payload, sender, _delayNanoseconds);

    /// <summary>Throws away what a mailbox holds.</summary>
    /// <param name="mailbox">Of a member.</param>
    public void Clear(Mailbox mailbox) => MessageRing.Clear(_store, mailbox.OffsetIn(_store));

    /// <summary>Commands an action, clipped to the member's space. A member that is asked through the environment contract all the same is left alone.</summary>
    /// <param name="member">One that <see cref="ActionProtocol.Commands"/> names.</param>
    /// <param name="continuous">Shape (continuous numbers of the member's space).</param>
    /// <param name="discrete">One category per head.</param>
    /// <exception cref="ArgumentException">The lengths differ from the space's, a number is NaN or infinite, or a category is out of range; the message names the member.</exception>
    /// <exception cref="InvalidOperationException">The protocol does not command this agent.</exception>
    public void Command(Agent member, ReadOnlySpan<float> continuous, ReadOnlySpan<int> discrete = default) =>
        _coordination.Command(_store, member, continuous, discrete);

    /// <summary>Working memory with unspecified content.</summary>
    /// <typeparam name="T">Its elements.</typeparam>
    /// <param name="count">No more than was reserved with <see cref="ProtocolSetup.ReserveScratch"/>. Two calls in one round hand out the same memory.</param>
    public Span<T> Scratch<T>(int count)
        where T : unmanaged => MemoryMarshal.Cast<byte, T>(_store.Scratch)[..count];
}

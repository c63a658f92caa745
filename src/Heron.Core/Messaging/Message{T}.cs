using Heron.Core.Agents;

namespace Heron.Core.Messaging;

/// <summary>A message as its recipient gets it.</summary>
/// <typeparam name="T">The payload: a struct, passed by value.</typeparam>
/// <param name="Payload">What it says.</param>
/// <param name="Sender">Who sent it.</param>
/// <param name="Kind">What it is about.</param>
/// <param name="SentNanoseconds">Simulated time at which it was sent.</param>
/// <param name="DueNanoseconds">Simulated time from which it could be received.</param>
public readonly record struct Message<T>(T Payload, Agent Sender, MessageKind Kind, long SentNanoseconds, long DueNanoseconds)
    where T : unmanaged;

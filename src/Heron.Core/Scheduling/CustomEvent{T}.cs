namespace Heron.Core.Scheduling;

/// <summary>A kind of event that agents send each other in event-driven mode. Declare it once, static, where the agents that send and handle it can see it.</summary>
/// <typeparam name="T">What it carries: a struct without references, so that it can be saved on its way.</typeparam>
/// <param name="name">Its name in traces and statistics.</param>
/// <exception cref="ArgumentException">The name is empty.</exception>
public sealed class CustomEvent<T>(string name) : CustomEvent(name)
    where T : unmanaged;

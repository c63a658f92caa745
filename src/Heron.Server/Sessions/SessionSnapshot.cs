namespace Heron.Server.Sessions;

/// <summary>What is known about a session from outside, at one moment.</summary>
/// <param name="Id">The session's id.</param>
/// <param name="EnvironmentId">Public name of the environment.</param>
/// <param name="Copies">Copies of the environment.</param>
/// <param name="Age">Time since it was created.</param>
/// <param name="LeaseRemaining">Time until it is closed if nothing renews it.</param>
/// <param name="NextSequence">Number of the next reset, step or loaded state.</param>
/// <param name="Steps">Steps that were carried out; a step of all copies counts once. Wraps at 2^32.</param>
/// <param name="StreamMessages">Messages received on its streams. Wraps at 2^32.</param>
/// <param name="StreamIsOpen">Whether a stream is open.</param>
public sealed record SessionSnapshot(
    string Id,
    string EnvironmentId,
    int Copies,
    TimeSpan Age,
    TimeSpan LeaseRemaining,
    uint NextSequence,
    uint Steps,
    uint StreamMessages,
    bool StreamIsOpen);

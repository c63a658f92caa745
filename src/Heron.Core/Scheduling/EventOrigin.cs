namespace Heron.Core.Scheduling;

/// <summary>Why a tick or a run of the physics happens.</summary>
internal enum EventOrigin : byte
{
    /// <summary>By its own clock; the next one follows from it.</summary>
    Periodic,

    /// <summary>An agent above decided.</summary>
    Parent,

    /// <summary>A condition was met.</summary>
    Condition,

    /// <summary>A disturbance hit.</summary>
    Disturbance,

    /// <summary>A caller asked for it.</summary>
    Caller,
}

namespace Heron.Benchmarks.Environments;

/// <summary>What the agents of a generated hierarchy see of each other; never more as the tree grows.</summary>
internal enum Sight
{
    /// <summary>Nothing: every field agent acts by itself and sees its own two numbers. Coordinators only hold the tree together.</summary>
    Nobody,

    /// <summary>The level of the field agent before and of the one after it, which are public features.</summary>
    Neighbors,

    /// <summary>Coordinators see the level of the ten below them and decide for all ten; a protocol passes the actions on.</summary>
    Below,
}

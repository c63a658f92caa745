namespace Heron.Server.Bench;

/// <summary>The parts of the product that are measured.</summary>
internal static class BenchAreas
{
    /// <summary>Stepping in this process.</summary>
    public const string Environments = "environments";

    /// <summary>Event-driven runs in this process.</summary>
    public const string Events = "events";

    /// <summary>Calls to a server over loopback.</summary>
    public const string Wire = "wire";

    /// <summary>Acting, updates and whole training iterations.</summary>
    public const string Learner = "learner";

    /// <summary>All names, in the order of the report.</summary>
    public static IReadOnlyList<string> All { get; } = [Environments, Events, Wire, Learner];
}

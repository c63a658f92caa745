namespace Heron.Grpc.Tests.References;

/// <summary>What an assembly refers to in the contract assemblies, and what of it is not there.</summary>
internal sealed class ReferenceReport
{
    /// <summary>Number of different types referred to.</summary>
    public int Types { get; set; }

    /// <summary>Number of different fields and methods referred to.</summary>
    public int Members { get; set; }

    /// <summary>Number of methods that override one of a contract type.</summary>
    public int Overrides { get; set; }

    /// <summary>What is missing or different, one line each.</summary>
    public SortedSet<string> Problems { get; } = new(StringComparer.Ordinal);
}

namespace Grpc.Core;

/// <summary>The version of the gRPC packages that this assembly fits.</summary>
public static class VersionInfo
{
    /// <summary>Version of the assembly, which never changes within a major version.</summary>
    public const string CurrentAssemblyVersion = "2.0.0.0";

    /// <summary>Version of the file.</summary>
    public const string CurrentAssemblyFileVersion = "2.85.0.0";

    /// <summary>Version of the package.</summary>
    public const string CurrentVersion = "2.85.0";
}

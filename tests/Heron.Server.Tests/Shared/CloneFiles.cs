namespace Heron.Server.Tests.Shared;

/// <summary>The files of the clone, found from the test program upwards. Paths are relative to its root, with slashes.</summary>
internal static class CloneFiles
{
    private static readonly string Root = FindRoot();

    public static bool Exists(string path) => File.Exists(Absolute(path)) || Directory.Exists(Absolute(path));

    public static string Read(string path) => File.ReadAllText(Absolute(path));

    private static string Absolute(string path) => Path.GetFullPath(Path.Combine(Root, path));

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HeronServer.sln")))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException($"HeronServer.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}

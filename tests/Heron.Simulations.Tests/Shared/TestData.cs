namespace Heron.Simulations.Tests.Shared;

/// <summary>Where the solution and its recorded cases are, found from the test program upwards.</summary>
internal static class TestData
{
    public static string SolutionFolder { get; } = FindUpwards("HeronServer.sln");

    public static string Folder => Path.Combine(SolutionFolder, "tests", "data");

    private static string FindUpwards(string fileName)
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, fileName)))
            {
                return folder.FullName;
            }
        }

        throw new FileNotFoundException($"{fileName} is in no folder above {AppContext.BaseDirectory}.");
    }
}

namespace Heron.Core.Tests.Shared;

/// <summary>Where the recorded cases are, found from the test program upwards.</summary>
internal static class TestData
{
    public static string Folder { get; } = Path.Combine(FindUpwards("HeronServer.sln"), "tests", "data");

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

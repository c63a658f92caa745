using Heron.Learning.Reporting;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Reporting;

public sealed class MetricsCsvTests : IDisposable
{
    private static readonly string[] Columns = ["iteration", "mean_return"];

    private readonly TemporaryFolder _folder = new();

    private string Path => _folder["metrics.csv"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Append_Rows_CanBeReadAtOnceAndExactly()
    {
        using MetricsCsv table = MetricsCsv.Create(Path, Columns);

        table.Append([1, double.NaN]);
        table.Append([2, 0.1 + 0.2]);

        Assert.Equal("iteration,mean_return\n1,\n2,0.30000000000000004\n", ReadShared());
    }

    [Fact]
    public void Append_AnotherNumberOfValues_Throws()
    {
        using MetricsCsv table = MetricsCsv.Create(Path, Columns);

        Assert.Throws<ArgumentException>(() => table.Append([1]));
    }

    [Fact]
    public void Continue_AfterACheckpoint_DropsLaterAndTornRows()
    {
        File.WriteAllText(Path, "iteration,mean_return\n1,5\n2,6\n3,7\n4,8");

        using (MetricsCsv table = MetricsCsv.Continue(Path, Columns, lastIteration: 2))
        {
            table.Append([3, 70]);
        }

        Assert.Equal("iteration,mean_return\n1,5\n2,6\n3,70\n", File.ReadAllText(Path));
    }

    [Fact]
    public void Continue_TornRowOfTheCheckpointItself_DropsIt()
    {
        File.WriteAllText(Path, "iteration,mean_return\n1,5\n2,6");

        MetricsCsv.Continue(Path, Columns, lastIteration: 2).Dispose();

        Assert.Equal("iteration,mean_return\n1,5\n", File.ReadAllText(Path));
    }

    [Fact]
    public void Continue_WithoutAFile_StartsOne()
    {
        MetricsCsv.Continue(Path, Columns, lastIteration: 2).Dispose();

        Assert.Equal("iteration,mean_return\n", File.ReadAllText(Path));
    }

    [Fact]
    public void Continue_OtherColumns_ThrowsAndNamesTheFile()
    {
        File.WriteAllText(Path, "iteration,reward\n1,5\n");

        InvalidDataException exception = Assert.Throws<InvalidDataException>(() => MetricsCsv.Continue(Path, Columns, lastIteration: 1));

        Assert.Contains(Path, exception.Message);
        Assert.Equal("iteration,reward\n1,5\n", File.ReadAllText(Path));
    }

    private string ReadShared()
    {
        using var reader = new StreamReader(new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return reader.ReadToEnd();
    }
}

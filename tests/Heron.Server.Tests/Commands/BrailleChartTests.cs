using Heron.Server.Commands;

namespace Heron.Server.Tests.Commands;

public class BrailleChartTests
{
    [Fact]
    public void Draw_RisingLine_GoesFromTheLowerLeftToTheUpperRight()
    {
        IReadOnlyList<string> lines = BrailleChart.Draw([0, 1], width: 6, height: 3);

        Assert.All(lines, line => Assert.Equal(3 + 3, line.Length));
        Assert.StartsWith("1 ┤⠀", lines[0]);
        Assert.StartsWith("0 ┤", lines[2]);
        Assert.NotEqual('⠀', lines[0][^1]);
        Assert.Equal('⠀', lines[0][3]);
        Assert.NotEqual('⠀', lines[2][3]);
        Assert.Equal('⠀', lines[2][^1]);
    }

    [Theory]
    [InlineData(3.5)]
    [InlineData(2.0, double.NaN, 2.0)]
    public void Draw_OneValueOrAFlatLine_IsALevelLine(params double[] values)
    {
        IReadOnlyList<string> lines = BrailleChart.Draw(values, width: 10, height: 2);

        Assert.Single(lines[0][(lines[0].IndexOf('┤', StringComparison.Ordinal) + 1)..].Concat(lines[1][(lines[1].IndexOf('┤', StringComparison.Ordinal) + 1)..]).Where(dots => dots != '⠀').Distinct());
    }
}

using Spectre.Console;

namespace Heron.Server.Commands;

/// <summary>Tables without lines: readable, and easy to cut with other programs.</summary>
internal static class PlainTable
{
    /// <summary>A table with headings.</summary>
    /// <param name="headings">One per column.</param>
    public static Table Create(params string[] headings)
    {
        var table = new Table { Border = TableBorder.None };
        foreach (string heading in headings)
        {
            table.AddColumn(new TableColumn(new Text(heading, new Style(decoration: Decoration.Bold))) { Padding = new Padding(0, 0, 2, 0) });
        }

        table.Columns[^1].Padding = new Padding(0);
        return table;
    }
}

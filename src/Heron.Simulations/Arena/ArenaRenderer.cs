using System.Globalization;
using System.Text;

namespace Heron.Simulations.Arena;

/// <summary>Draws an arena as text: 1 and 2 for the agents, a dot for a field that agent1 has visited.</summary>
internal static class ArenaRenderer
{
    private const char Overline = '\u203E';

    public static string Draw(in ArenaState state, ReadOnlySpan<ulong> visited, int width, int height, float return1, float return2)
    {
        var text = new StringBuilder();
        text.Append('_', width + 2).Append('\n');
        for (int row = 0; row < height; row++)
        {
            text.Append('|');
            for (int column = 0; column < width; column++)
            {
                text.Append(Mark(state, visited, (row * width) + column, row, column));
            }

            text.Append("|\n");
        }

        text.Append(Overline, width + 2).Append('\n');
        text.Append(state.Collided == 1 ? "!!Collision!!\n" : "\n");
        text.Append(CultureInfo.InvariantCulture, $"R1={return1:F1}\nR2={return2:F1}\n\n");
        return text.ToString();
    }

    private static char Mark(in ArenaState state, ReadOnlySpan<ulong> visited, int cell, int row, int column)
    {
        if (row == state.Row1 && column == state.Column1)
        {
            return '1';
        }

        if (row == state.Row2 && column == state.Column2)
        {
            return '2';
        }

        return (visited[cell >> 6] >> (cell & 63) & 1) != 0 ? '.' : ' ';
    }
}

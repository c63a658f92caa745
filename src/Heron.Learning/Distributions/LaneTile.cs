using Heron.Learning.Backends;

namespace Heron.Learning.Distributions;

/// <summary>
/// A tile holds up to 64 rows in lanes: a quantity with k numbers per row is stored as k runs of 64 floats, one float per
/// row, so that a vector of 16 floats is one number of 16 rows. Networks hand their outputs over in this form, and the
/// loss and the distributions work through it without caring how many numbers an action has.
/// </summary>
internal static class LaneTile
{
    /// <summary>Rows in a tile, and floats from one number of a row to the next.</summary>
    public const int Rows = 64;

    /// <summary>Rows in one vector.</summary>
    public const int Width = 16;

    /// <summary>Lanes for <paramref name="numbers"/> numbers per row.</summary>
    public static AlignedBuffer Allocate(int numbers) => new(Rows * numbers);
}

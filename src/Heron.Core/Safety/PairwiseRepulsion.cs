namespace Heron.Core.Safety;

/// <summary>A safety filter for moving agents: whoever comes closer than allowed is pushed apart, both by half of what is missing, along the line between them.</summary>
/// <remarks>Symbols: d = distance of two agents, D = smallest distance allowed; each moves (D - d) / 2. At walls and among three or more, one pass may leave or make a pair too close; more passes settle most of it, and none promises all.</remarks>
public static class PairwiseRepulsion
{
    // Nearer than this there is no line between two agents.
    private const double SameSpot = 1e-6;

    /// <summary>Pushes apart and clips to the arena.</summary>
    /// <param name="positions">Shape (agents, dimensions), row-major; changed in place.</param>
    /// <param name="dimensions">Coordinates per agent, at least 1.</param>
    /// <param name="minimumDistance">Smallest distance allowed, more than 0, in the unit of the positions.</param>
    /// <param name="low">Lowest coordinate of the arena.</param>
    /// <param name="high">Highest coordinate.</param>
    /// <param name="maximumPasses">Passes over all pairs, at least 1; it stops earlier when nobody was too close. Default 1.</param>
    /// <returns>Whether the last pass found nobody too close.</returns>
    /// <exception cref="ArgumentException">The positions are not whole rows, or a number is out of range.</exception>
    public static bool Separate(Span<double> positions, int dimensions, double minimumDistance, double low, double high, int maximumPasses = 1)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dimensions, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(maximumPasses, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(minimumDistance);
        if (positions.Length % dimensions != 0)
        {
            throw new ArgumentException($"{positions.Length} coordinates are no whole rows of {dimensions}.", nameof(positions));
        }

        bool isClear = false;
        for (int pass = 0; pass < maximumPasses && !isClear; pass++)
        {
            isClear = true;
            for (int i = 0; i < positions.Length; i += dimensions)
            {
                for (int j = i + dimensions; j < positions.Length; j += dimensions)
                {
                    isClear &= !Push(positions.Slice(i, dimensions), positions.Slice(j, dimensions), minimumDistance);
                }
            }

            foreach (ref double coordinate in positions)
            {
                coordinate = Math.Clamp(coordinate, low, high);
            }
        }

        return isClear;
    }

    private static bool Push(Span<double> one, Span<double> other, double minimumDistance)
    {
        double squares = 0;
        for (int axis = 0; axis < one.Length; axis++)
        {
            squares += (other[axis] - one[axis]) * (other[axis] - one[axis]);
        }

        double distance = Math.Sqrt(squares);
        if (distance >= minimumDistance)
        {
            return false;
        }

        double shift = (minimumDistance - distance) / 2;
        if (distance <= SameSpot)
        {
            // Any line will do, as long as it is the same one every time.
            one[0] -= shift;
            other[0] += shift;
            return true;
        }

        for (int axis = 0; axis < one.Length; axis++)
        {
            double direction = (other[axis] - one[axis]) / distance;
            one[axis] -= shift * direction;
            other[axis] += shift * direction;
        }

        return true;
    }
}

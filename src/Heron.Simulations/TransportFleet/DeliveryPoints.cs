using System.Runtime.CompilerServices;
using Heron.Core.Randomness;

namespace Heron.Simulations.TransportFleet;

/// <summary>The places where requests wait, in the order in which they came: a list of fixed capacity, so that it can be a feature.</summary>
/// <remarks>Its fields are private, so it has no vector form and nobody observes it.</remarks>
public struct DeliveryPoints
{
    /// <summary>Requests that can wait at the same time; more are turned away.</summary>
    public const int Capacity = 128;

    private const double Reach = 10;

    private int _count;
    private Buffer _points;

    /// <summary>Requests that wait.</summary>
    public readonly int Count => _count;

    /// <summary>Adds a request at the end, if there is room for it.</summary>
    /// <param name="x">Distance east of the depot.</param>
    /// <param name="y">Distance north of the depot.</param>
    public void Add(double x, double y)
    {
        if (_count < Capacity)
        {
            _points[_count++] = new Point((float)x, (float)y);
        }
    }

    /// <summary>Adds a request somewhere in the square of 20 by 20 around the depot.</summary>
    /// <param name="random">The stream that is advanced.</param>
    public void AddAtRandom(ref RandomStream random) => Add(Reach * ((2 * random.NextDouble()) - 1), Reach * ((2 * random.NextDouble()) - 1));

    /// <summary>Takes the first request within a distance out; the others keep their order.</summary>
    /// <returns>False when there is none.</returns>
    public bool TryServe(double x, double y, double distance)
    {
        Span<Point> points = _points;
        for (int i = 0; i < _count; i++)
        {
            double dx = points[i].X - x, dy = points[i].Y - y;
            if ((dx * dx) + (dy * dy) <= distance * distance)
            {
                points[(i + 1).._count].CopyTo(points[i..]);

                // What is behind the end must not depend on what once stood there: equal states have equal bytes.
                points[--_count] = default;
                return true;
            }
        }

        return false;
    }

    private readonly record struct Point(float X, float Y);

    [InlineArray(Capacity)]
    private struct Buffer
    {
        private Point _first;
    }
}

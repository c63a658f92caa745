using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Simulations.TransportFleet;

/// <summary>The root: the places where requests wait.</summary>
public sealed class DeliveryArea : SystemAgent
{
    private readonly int _randomPoints;

    /// <summary>Creates an area.</summary>
    /// <param name="points">Requests at the start of every episode.</param>
    /// <param name="randomPoints">Requests at random places on top, drawn anew in each episode.</param>
    public DeliveryArea(DeliveryPoints points, int randomPoints)
    {
        Points = AddFeature(points, Visibility.None);
        _randomPoints = randomPoints;
    }

    /// <summary>Where requests wait.</summary>
    public Feature<DeliveryPoints> Points { get; }

    /// <summary>Draws the random requests.</summary>
    public override void Reset(in AgentContext context)
    {
        for (int i = 0; i < _randomPoints; i++)
        {
            context.Get(Points).AddAtRandom(ref context.Random);
        }
    }
}

using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Simulations.Thermostat;

/// <summary>A room with a thermostat that heats and cools, and shows its temperature to every other room.</summary>
public sealed class Room : FieldAgent
{
    /// <summary>Lowest temperature a room can have.</summary>
    public const double MinTemperature = 10;

    /// <summary>Highest temperature a room can have.</summary>
    public const double MaxTemperature = 35;

    private const double DegreesPerStep = 2;

    /// <summary>Creates a room.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="initial">Temperature and target at the start of every episode.</param>
    public Room(string id, RoomTemperature initial)
        : base(id)
    {
        Air = AddFeature(initial, Visibility.Public);
        ActionSpace = new BoxSpace(-1, 1);
        ActionLabels = ["heating (2 °C per step)"];
        Schedule = ScheduleConfig.Deterministic(tickIntervalSeconds: 1, observationDelaySeconds: 0.05, actionDelaySeconds: 0.1, messageDelaySeconds: 0.02);
    }

    /// <summary>Its temperature and target.</summary>
    public Feature<RoomTemperature> Air { get; }

    /// <summary>Heats or cools for one step.</summary>
    public override void Apply(in AgentContext context)
    {
        ref double temperature = ref context.Get(Air).Temperature;
        temperature = Math.Clamp(temperature + (DegreesPerStep * context.Action[0]), MinTemperature, MaxTemperature);
    }

    /// <summary>Loses a point for every degree between temperature and target.</summary>
    public override double Reward(in AgentView view)
    {
        ref readonly RoomTemperature air = ref view.Get(Air);
        return -Math.Abs(air.Temperature - air.Target);
    }
}

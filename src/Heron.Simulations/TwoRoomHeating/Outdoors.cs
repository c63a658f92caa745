using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Scheduling;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>The root: the weather around the building.</summary>
public sealed class Outdoors : SystemAgent
{
    /// <summary>The disturbance that cools the air outside by its number <c>ambient_drop</c>, in °C.</summary>
    public const string ColdSnap = "cold_snap";

    /// <summary>The disturbance that warms the air outside by its number <c>ambient_rise</c>, in °C.</summary>
    public const string HeatWave = "heat_wave";

    /// <summary>Creates the weather.</summary>
    /// <param name="temperature">Of the air outside at the start of every episode, in °C.</param>
    public Outdoors(double temperature) => Air = AddFeature(new OutsideAir { Temperature = temperature }, Visibility.System);

    /// <summary>The air outside.</summary>
    public Feature<OutsideAir> Air { get; }

    /// <summary>The default disturbances: the air outside goes from 15 to 10, 2 and 12 °C.</summary>
    public static DisturbanceSchedule Weather { get; } = new(
    [
        (10, Change(ColdSnap, "ambient_drop", 5)),
        (30, Change(ColdSnap, "ambient_drop", 8)),
        (50, Change(HeatWave, "ambient_rise", 10)),
    ]);

    /// <summary>Lets the weather change; it stays changed until the end of the episode.</summary>
    /// <exception cref="ArgumentException">Another type of disturbance, or its number is missing.</exception>
    public override void ApplyDisturbance(in AgentContext context, Disturbance disturbance) => context.Get(Air).Temperature += disturbance.Type switch
    {
        ColdSnap => -disturbance["ambient_drop"],
        HeatWave => disturbance["ambient_rise"],
        _ => throw new ArgumentException($"Two-room heating knows no disturbance '{disturbance.Type}'; it knows {ColdSnap} with ambient_drop and {HeatWave} with ambient_rise, both in °C."),
    };

    private static Disturbance Change(string type, string number, double degrees) =>
        new(type) { Payload = new Dictionary<string, double> { [number] = degrees } };
}

using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Two heated zones in eight lessons: the same agents, put together differently.</summary>
public static class TwoRoomHeatingEnvironment
{
    /// <summary>The catalogue entries of TwoRoomHeating-v0 to v7.</summary>
    public static IReadOnlyList<EnvironmentDefinition> Definitions { get; } =
    [
        Define<TwoRoomHeatingParameters>(0, (building, _) => building.AddHeaters()),
        Define<TwoRoomHeatingParameters>(1, (building, _) => building.AddHeaters().AddWatcher()),
        Define<VentedHeatingParameters>(2, (building, parameters) => building.AddHeaters().AddVent(parameters)),
        Define<VentedHeatingParameters>(3, (building, parameters) => building.AddHeaters().AddVent(parameters).ShareTemperatures()),
        Define<DisturbedHeatingParameters>(4, (building, parameters) => building.AddHeaters().AddVent(parameters).ChangeWeather(parameters)),
        Define<DisturbedHeatingParameters>(5, (building, parameters) => building.Alert(parameters).AddHeaters().AddVent(parameters).ChangeWeather(parameters)),
        Define<DisturbedHeatingParameters>(6, (building, parameters) => building.Delay().Alert(parameters).AddHeaters().AddVent(parameters).ChangeWeather(parameters)),
        Define<FloorHeatingParameters>(7, (building, parameters) => building.Alert(parameters).AddFloor(parameters).ChangeWeather(parameters)),
    ];

    private static EnvironmentDefinition<TParameters> Define<TParameters>(int version, Func<BuildingPlan, TParameters, BuildingPlan> draw)
        where TParameters : TwoRoomHeatingParameters, new()
    {
        TwoRoomHeatingLevel level = TwoRoomHeatingLevel.All[version];
        return new EnvironmentDefinition<TParameters>(
            level.EnvironmentId,
            TwoRoomHeatingCard.Of(level),
            (parameters, resolved) => draw(new BuildingPlan(level.EnvironmentId, parameters, resolved), parameters).Build());
    }
}

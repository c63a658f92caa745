using Heron.Core.Composition;
using Heron.Core.Features;
using Heron.Core.Rewards;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>What SimpleMicrogrids-v0 is made of, for composed environments.</summary>
internal static class MicrogridParts
{
    public static CompositionCatalog AddTo(CompositionCatalog catalog) => catalog
        .Add(new AgentClass<Microgrid, MicrogridArguments>(
            "microgrid", "Stands above batteries and generators, and knows the load.", (arguments, place) => new Microgrid(place.Id, arguments.LoadMw)))
        .Add(new AgentClass<Battery, DeviceArguments>(
            "battery",
            "A battery of 2 MWh below a microgrid; its action in [-1, 1] charges with action * 0.5 MW. It sees state of charge and load / 10 MW, and loses the penalty times how far the state of charge leaves 0.2 to 0.8.",
            (arguments, place) => new Battery(place.Id, place.Parent<Microgrid>(), arguments.Penalty)))
        .Add(new AgentClass<Generator, DeviceArguments>(
            "generator",
            "A generator below a microgrid; its action in [0, 1] sets its power to action * 5 MW. It sees power / 5 MW and load / 10 MW, and loses 50 $ per MWh.",
            (arguments, place) => new Generator(place.Id, place.Parent<Microgrid>(), arguments.Penalty)))
        .Add(new SimulationClass<GridArguments>(
            "simple_microgrids",
            "The grid of SimpleMicrogrids-v0: its frequency is 60 Hz + 0.01 Hz/MW * (generation - load). Metrics: cost ($ per step), safety, frequency_hz.",
            ["microgrid", "battery", "generator"],
            Connect)
        {
            StepSeconds = SimpleMicrogridsEnvironment.StepSeconds,
            CreateSystem = _ => new GridSystem("grid_system"),
        });

    private static void Connect(GridArguments arguments, SimulationSetup setup)
    {
        Battery[] batteries = [.. setup.Agents<Battery>()];
        Feature<GenOutput>[] outputs = [.. setup.Agents<Generator>().Select(generator => generator.Output)];
        Feature<MicrogridLoad>[] loads = [.. setup.Agents<Microgrid>().Select(microgrid => microgrid.Load)];
        Feature<StepCost>[] costs = [.. setup.Agents<MicrogridDevice>(atLeast: 1).Select(device => device.Cost)];
        Feature<SystemFrequency> frequency = setup.System<GridSystem>().Frequency;
        setup.Builder
            .SimulateWith(() => new FrequencyBridge(batteries, outputs, loads, frequency))
            .ScoreWith(new MicrogridScore(costs, frequency, new SimpleMicrogridsParameters { ShareReward = false }));
        if (arguments.ShareReward)
        {
            setup.Builder.ScoreWith(new SharedReward());
        }
    }
}

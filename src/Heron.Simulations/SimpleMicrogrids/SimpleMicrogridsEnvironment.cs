using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>The microgrids of HERON's tutorial: batteries and generators under coordinators under one grid.</summary>
public static class SimpleMicrogridsEnvironment
{
    /// <summary>Simulated length of a step: one hour.</summary>
    public const double StepSeconds = 3600;

    private const string Id = "SimpleMicrogrids-v0";

    /// <summary>The catalogue entry of SimpleMicrogrids-v0.</summary>
    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<SimpleMicrogridsParameters>(Id, SimpleMicrogridsCard.Card, Build);

    private static EnvironmentFactory Build(SimpleMicrogridsParameters parameters, IReadOnlyDictionary<string, object> resolved)
    {
        var grid = new GridSystem("grid_system");
        var microgrids = new List<Microgrid>();
        var devices = new List<MicrogridDevice>();
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder(Id, new HeronEnvironmentOptions
        {
            StepSeconds = StepSeconds,
            MaxEpisodeSteps = parameters.MaxEpisodeSteps,
            TimeLimitTerminates = parameters.TimeLimitTerminates,
            Parameters = resolved,
        }).Add(grid);

        for (int i = 0; i < parameters.NumMicrogrids; i++)
        {
            var microgrid = new Microgrid($"mg_{i}", parameters.Loads[i % parameters.Loads.Length]);
            var battery = new Battery($"mg_{i}_bat", microgrid, parameters.Penalty);
            var generator = new Generator($"mg_{i}_gen", microgrid, parameters.Penalty);
            builder.Add(microgrid, grid.Id).Add(battery, microgrid.Id).Add(generator, microgrid.Id);
            microgrids.Add(microgrid);
            devices.AddRange([battery, generator]);
        }

        Battery[] batteries = [.. devices.OfType<Battery>()];
        Feature<GenOutput>[] outputs = [.. devices.OfType<Generator>().Select(generator => generator.Output)];
        Feature<MicrogridLoad>[] loads = [.. microgrids.Select(microgrid => microgrid.Load)];
        Feature<StepCost>[] costs = [.. devices.Select(device => device.Cost)];
        return builder
            .SimulateWith(() => new FrequencyBridge(batteries, outputs, loads, grid.Frequency))
            .ScoreWith(new MicrogridScore(costs, grid.Frequency, parameters))
            .Build();
    }
}

using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>The grid's physics: the frequency leaves its nominal value in proportion to generation minus load.</summary>
internal sealed class FrequencyBridge(Feature<GenOutput>[] outputs, Feature<MicrogridLoad>[] loads, Feature<SystemFrequency> frequency)
    : ISimulationBridge
{
    private const double HzPerMw = 0.01;

    private double _surplusMw;
    private double _frequencyHz;

    public void ReadState(in SimulationContext context)
    {
        _surplusMw = 0;
        foreach (Feature<GenOutput> output in outputs)
        {
            _surplusMw += context.Get(output).PMw;
        }

        foreach (Feature<MicrogridLoad> load in loads)
        {
            _surplusMw -= context.Get(load).PMw;
        }
    }

    public void Simulate(in SimulationContext context) => _frequencyHz = GridSystem.NominalHz + (HzPerMw * _surplusMw);

    public void WriteResults(in SimulationContext context) => context.Get(frequency).FrequencyHz = _frequencyHz;
}

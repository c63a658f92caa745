using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>The grid's physics: batteries charge for one step, and the frequency leaves its nominal value in proportion to generation minus load.</summary>
/// <remarks>soc := soc + P * 1 h / capacity, held between 0.1 and 0.9. Once per run of the physics, however often agents decide.</remarks>
internal sealed class FrequencyBridge(Battery[] batteries, Feature<GenOutput>[] outputs, Feature<MicrogridLoad>[] loads, Feature<SystemFrequency> frequency)
    : ISimulationBridge
{
    private const double StepHours = SimpleMicrogridsEnvironment.StepSeconds / 3600;
    private const double HzPerMw = 0.01;

    private readonly double[] _socs = new double[batteries.Length];
    private double _surplusMw;
    private double _frequencyHz;

    public void ReadState(in SimulationContext context)
    {
        for (int i = 0; i < batteries.Length; i++)
        {
            ref readonly BatterySoc charge = ref context.Get(batteries[i].Charge);
            _socs[i] = charge.Soc + (context.Get(batteries[i].Power).PMw * StepHours / charge.CapacityMwh);
        }

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

    public void Simulate(in SimulationContext context)
    {
        foreach (ref double soc in _socs.AsSpan())
        {
            soc = Math.Clamp(soc, 0.1, 0.9);
        }

        _frequencyHz = GridSystem.NominalHz + (HzPerMw * _surplusMw);
    }

    public void WriteResults(in SimulationContext context)
    {
        for (int i = 0; i < batteries.Length; i++)
        {
            double soc = _socs[i];
            context.Get(batteries[i].Charge).Soc = soc;
            context.Get(batteries[i].Cost).Safety = Math.Max(0, 0.2 - soc) + Math.Max(0, soc - 0.8);
        }

        context.Get(frequency).FrequencyHz = _frequencyHz;
    }
}

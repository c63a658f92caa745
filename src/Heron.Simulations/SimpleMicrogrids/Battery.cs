using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>A battery of 2 MWh and 0.5 MW. It costs nothing, but should stay between a fifth and four fifths of its capacity.</summary>
public sealed class Battery : MicrogridDevice
{
    private const double CapacityMwh = 2;
    private const double MaxPowerMw = 0.5;

    private readonly Feature<BatterySoc> _battery;

    /// <summary>Creates a half full battery.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="microgrid">The microgrid whose load it observes.</param>
    /// <param name="penalty">Reward lost per unit of safety violation.</param>
    public Battery(string id, Microgrid microgrid, double penalty)
        : base(id, microgrid, penalty)
    {
        _battery = AddFeature(new BatterySoc { Soc = 0.5, CapacityMwh = CapacityMwh }, Visibility.Owner | Visibility.UpperLevel);
        ActionSpace = new BoxSpace(-1, 1);
        ActionLabels = ["charging power (0.5 MW)"];
        ObservationSpace = BoxSpace.Unbounded(2);
        ObservationLabels = ["soc (fraction)", "load (10 MW)"];
    }

    /// <summary>Charges or discharges for one step; the charge stops at 10 % and 90 %.</summary>
    public override void Apply(in AgentContext context)
    {
        ref BatterySoc battery = ref context.Get(_battery);
        double energyMwh = context.Action[0] * MaxPowerMw * StepHours;
        battery.Soc = Math.Clamp(battery.Soc + (energyMwh / battery.CapacityMwh), 0.1, 0.9);
        context.Get(Cost).Safety = Math.Max(0, 0.2 - battery.Soc) + Math.Max(0, battery.Soc - 0.8);
    }

    /// <summary>Writes the state of charge and the load.</summary>
    public override void Observe(in AgentView view, Span<float> observation)
    {
        observation[0] = (float)view.Get(_battery).Soc;
        observation[1] = LoadIn10Mw(view);
    }
}

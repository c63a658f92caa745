using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>A battery of 2 MWh and 0.5 MW. It costs nothing, but should stay between a fifth and four fifths of its capacity.</summary>
public sealed class Battery : MicrogridDevice
{
    private const double CapacityMwh = 2;
    private const double MaxPowerMw = 0.5;

    /// <summary>Creates a half full battery.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="microgrid">The microgrid whose load it observes.</param>
    /// <param name="penalty">Reward lost per unit of safety violation.</param>
    public Battery(string id, Microgrid microgrid, double penalty)
        : base(id, microgrid, penalty)
    {
        Charge = AddFeature(new BatterySoc { Soc = 0.5, CapacityMwh = CapacityMwh }, Visibility.Owner | Visibility.UpperLevel);
        Power = AddFeature(default(BatteryPower), Visibility.None);
        ActionSpace = new BoxSpace(-1, 1);
        ActionLabels = ["charging power (0.5 MW)"];
        ObservationSpace = new BoxSpace([0, 0], [1, float.PositiveInfinity]);
        ObservationLabels = ["soc (fraction)", "load (10 MW)"];
    }

    /// <summary>Its state of charge.</summary>
    public Feature<BatterySoc> Charge { get; }

    /// <summary>What it was told to do.</summary>
    public Feature<BatteryPower> Power { get; }

    /// <summary>Sets its power; the grid's physics moves the charge.</summary>
    public override void Apply(in AgentContext context) => context.Get(Power).PMw = context.Action[0] * MaxPowerMw;

    /// <summary>Writes the state of charge and the load.</summary>
    public override void Observe(in AgentView view, Span<float> observation)
    {
        observation[0] = (float)view.Get(Charge).Soc;
        observation[1] = LoadIn10Mw(view);
    }
}

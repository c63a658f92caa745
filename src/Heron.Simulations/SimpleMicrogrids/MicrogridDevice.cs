using Heron.Core.Agents;
using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>What batteries and generators share: they know the load of their microgrid and pay for what they do.</summary>
public abstract class MicrogridDevice : FieldAgent
{
    /// <summary>Length of a step in hours.</summary>
    protected const double StepHours = SimpleMicrogridsEnvironment.StepSeconds / 3600;

    private readonly Feature<MicrogridLoad> _load;
    private readonly double _penalty;

    private protected MicrogridDevice(string id, Microgrid microgrid, double penalty)
        : base(id)
    {
        Cost = AddFeature(default(StepCost), Visibility.None);
        _load = microgrid.Load;
        _penalty = penalty;
    }

    /// <summary>Cost and safety of the last step.</summary>
    public Feature<StepCost> Cost { get; }

    /// <summary>-(cost + penalty * safety).</summary>
    public override double Reward(in AgentView view)
    {
        ref readonly StepCost step = ref view.Get(Cost);
        return 0 - step.Cost - (_penalty * step.Safety);
    }

    /// <summary>Load of the own microgrid in units of 10 MW.</summary>
    /// <param name="view">State to read from.</param>
    protected float LoadIn10Mw(in AgentView view) => (float)(view.Get(_load).PMw / 10);
}

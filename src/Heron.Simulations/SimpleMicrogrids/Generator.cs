using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>A generator of 5 MW whose energy costs 50 $ per MWh.</summary>
public sealed class Generator : MicrogridDevice
{
    private const double MaxPowerMw = 5;
    private const double DollarsPerMwh = 50;

    /// <summary>Creates a generator that stands still.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="microgrid">The microgrid whose load it observes.</param>
    /// <param name="penalty">Reward lost per unit of safety violation.</param>
    public Generator(string id, Microgrid microgrid, double penalty)
        : base(id, microgrid, penalty)
    {
        Output = AddFeature(new GenOutput { PMaxMw = MaxPowerMw }, Visibility.Owner | Visibility.UpperLevel | Visibility.System);
        ActionSpace = new BoxSpace(0, 1);
        ActionLabels = ["power (5 MW)"];
        ObservationSpace = new BoxSpace([0, 0], [1, float.PositiveInfinity]);
        ObservationLabels = ["power (5 MW)", "load (10 MW)"];
    }

    /// <summary>What it feeds in.</summary>
    public Feature<GenOutput> Output { get; }

    /// <summary>Runs at the chosen share of its power for one step.</summary>
    public override void Apply(in AgentContext context)
    {
        ref GenOutput output = ref context.Get(Output);
        output.PMw = context.Action[0] * output.PMaxMw;
        context.Get(Cost).Cost = DollarsPerMwh * output.PMw * StepHours;
    }

    /// <summary>Writes the used share of its power and the load.</summary>
    public override void Observe(in AgentView view, Span<float> observation)
    {
        ref readonly GenOutput output = ref view.Get(Output);
        observation[0] = (float)(output.PMw / output.PMaxMw);
        observation[1] = LoadIn10Mw(view);
    }
}

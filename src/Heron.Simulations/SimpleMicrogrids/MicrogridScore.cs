using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Reports cost, safety and frequency, and, when rewards are shared, gives every agent the mean of all.</summary>
internal sealed class MicrogridScore : EnvironmentScore
{
    private readonly Feature<StepCost>[] _costs;
    private readonly Feature<SystemFrequency> _frequency;
    private readonly double _penalty;
    private readonly bool _sharesReward;

    public MicrogridScore(Feature<StepCost>[] costs, Feature<SystemFrequency> frequency, SimpleMicrogridsParameters parameters)
    {
        _costs = costs;
        _frequency = frequency;
        _penalty = parameters.Penalty;
        _sharesReward = parameters.ShareReward;
        MetricNames = ["cost", "safety", "frequency_hz"];
    }

    public override void Score(in ScoreContext context)
    {
        double cost = 0, safety = 0;
        foreach (Feature<StepCost> feature in _costs)
        {
            ref readonly StepCost step = ref context.Get(feature);
            cost += step.Cost;
            safety += step.Safety;
        }

        context.Metrics[0] = (float)cost;
        context.Metrics[1] = (float)safety;
        context.Metrics[2] = (float)context.Get(_frequency).FrequencyHz;
        if (_sharesReward)
        {
            context.Rewards.Fill((float)((0 - cost - (_penalty * safety)) / context.Rewards.Length));
        }
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Core.Rewards;

/// <summary>Rewards every agent with -cost - penalty * safety of its own; an agent that acts and stands above others without metrics of its own, with the sum of theirs.</summary>
/// <remarks>Metrics: <c>cost</c> and <c>safety</c>, summed over all. In a step that failed every agent gets the failure's reward less the penalty on the failure's safety.</remarks>
public sealed class CostSafetyScore : EnvironmentScore
{
    private readonly Feature<CostSafetyMetrics>[] _features;
    private readonly CostSafetyOptions _options;
    private int[][] _payees = [];
    private int[] _rewarded = [];

    /// <summary>Declares the rewards.</summary>
    /// <param name="features">The metrics, one per agent that has some.</param>
    /// <param name="options">Penalty and failures; default those of <see cref="CostSafetyOptions"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The penalty or the failure's safety is negative or not finite.</exception>
    public CostSafetyScore(IEnumerable<Feature<CostSafetyMetrics>> features, CostSafetyOptions? options = null)
    {
        _features = [.. features];
        _options = options ?? new CostSafetyOptions();
        CheckRange(_options.Penalty, "penalty");
        CheckRange(_options.FailureSafety, "safety of a failure");
        MetricNames = ["cost", "safety"];
    }

    /// <inheritdoc/>
    public override void Score(in ScoreContext context)
    {
        bool hasFailed = _options.Failure is { } failure && context.Read(failure) != 0;
        double totalCost = 0, totalSafety = 0;
        foreach (int index in _rewarded)
        {
            context.Rewards[index] = hasFailed ? (float)(_options.FailureReward - (_options.Penalty * _options.FailureSafety)) : 0;
        }

        for (int i = 0; i < _features.Length; i++)
        {
            ref readonly CostSafetyMetrics metrics = ref context.Get(_features[i]);
            double safety = hasFailed ? _options.FailureSafety : metrics.Safety;
            totalCost += metrics.Cost;
            totalSafety += safety;
            foreach (int payee in _payees[i])
            {
                context.Rewards[payee] -= hasFailed ? 0 : (float)(metrics.Cost + (_options.Penalty * safety));
            }
        }

        context.Metrics[0] = (float)totalCost;
        context.Metrics[1] = (float)totalSafety;
    }

    /// <inheritdoc/>
    protected internal override void Connect(ScoreSetup setup)
    {
        HashSet<Agent> owners = [.. _features.Select(feature => feature.Owner)];
        _payees = [.. _features.Select(feature => PayeesOf(feature.Owner, owners, setup))];
        _rewarded = [.. _payees.SelectMany(payees => payees).Distinct()];
    }

    // The owner itself, and those above it who answer for others only.
    private static int[] PayeesOf(Agent owner, HashSet<Agent> owners, ScoreSetup setup)
    {
        var payees = new List<int>();
        for (Agent? agent = owner; agent is not null; agent = agent.Parent)
        {
            int index = setup.IndexOf(agent);
            if (index >= 0 && (ReferenceEquals(agent, owner) || !owners.Contains(agent)))
            {
                payees.Add(index);
            }
        }

        return [.. payees];
    }

    private static void CheckRange(double value, string name)
    {
        if (!(value >= 0) || double.IsInfinity(value))
        {
            throw new ArgumentOutOfRangeException(nameof(value), value, $"The {name} of a cost and safety score is a finite number of 0 or more.");
        }
    }
}

using System.Globalization;

namespace Heron.Core.Environments.Conformance.Rules;

internal sealed class MetricsFinite : TrajectoryRule
{
    public override string Meaning => "Every reset and step writes all metrics, and they are finite.";

    protected override string? Look(TrialCopy copy)
    {
        int wrong = Array.FindIndex(copy.Metrics, value => !float.IsFinite(value));
        return wrong < 0
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"metric '{copy.Spec.MetricNames[wrong]}' is {copy.Metrics[wrong]} (NaN also when it was not written).");
    }
}

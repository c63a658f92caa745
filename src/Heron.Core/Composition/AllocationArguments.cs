using Heron.Core.Environments;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>Arguments of <see cref="ProportionalAllocation"/>.</summary>
internal sealed record AllocationArguments
{
    [EnvironmentParameter("The field of those below whose value is their weight, for example capacity_mwh; none for the weights.")]
    public string WeightField { get; set; } = "";

    [EnvironmentParameter("A number of 0 or more for each agent below, by its name; none for the same share for all.")]
    public IReadOnlyDictionary<string, object> Weights { get; set; } = new Dictionary<string, object>();

    public ProportionalAllocation Create()
    {
        if (WeightField.Length > 0)
        {
            return Weights.Count == 0 ? new ProportionalAllocation(WeightField) : throw new ArgumentException("it has both weight_field and weights; name one of them.");
        }

        return new ProportionalAllocation(Weights.Count == 0 ? null : Weights.ToDictionary(
            weight => weight.Key,
            weight => weight.Value as double? ?? weight.Value as int? ?? throw new ArgumentException($"the weight of '{weight.Key}' is {ParameterValue.ToJson(weight.Value)}; it takes a number of 0 or more."),
            StringComparer.Ordinal));
    }
}

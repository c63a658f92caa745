using Heron.Core.Policies;

namespace Heron.Core.Tests.Policies;

/// <summary>Chooses the same numbers always, and notes what it saw.</summary>
internal sealed class ConstantPolicy(float value) : Policy
{
    public List<float[]> Seen { get; } = [];

    public override bool Decide(in PolicyContext context)
    {
        Seen.Add(context.Observation.ToArray());
        context.Continuous.Fill(value);
        return !float.IsNaN(value);
    }
}

using Heron.Core.Environments;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>Arguments of <see cref="Consensus"/>.</summary>
internal sealed record ConsensusArguments
{
    [EnvironmentParameter("The field that they agree on, for example temperature.")]
    public string ValueField { get; set; } = "control_value";

    [EnvironmentParameter("Who is whose neighbour: everybody, or only the ones before and after in a ring.", Choices = ["complete", "ring"])]
    public string Topology { get; set; } = "complete";

    [EnvironmentParameter("Rounds at most.", Minimum = 1, Maximum = 10_000)]
    public int MaxIterations { get; set; } = 10;

    [EnvironmentParameter("The rounds end when no value has moved by this much, in the field's unit.", Minimum = 0, Maximum = 1e9)]
    public double Tolerance { get; set; } = 0.01;

    public Consensus Create() => new(new ConsensusOptions
    {
        ValueField = ValueField,
        Topology = Topology == "ring" ? Protocols.Topology.Ring : Protocols.Topology.Complete,
        MaxIterations = MaxIterations,
        Tolerance = Tolerance,
    });
}

using Heron.Core.Environments;
using Heron.Core.Protocols;

namespace Heron.Core.Composition;

/// <summary>Arguments of <see cref="StateSharing"/>.</summary>
internal sealed record SharingArguments
{
    [EnvironmentParameter("The fields that are shared, for example temperature; none for all that an agent sees of itself.")]
    public string[] Fields { get; set; } = [];

    [EnvironmentParameter("Who is whose neighbour: everybody, or only the ones before and after in a ring.", Choices = ["complete", "ring"])]
    public string Topology { get; set; } = "complete";

    public Topology Neighbors => Topology == "ring" ? Protocols.Topology.Ring : Protocols.Topology.Complete;
}

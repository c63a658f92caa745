using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;

namespace Heron.Core.Protocols;

/// <summary>Tells each member the state of its neighbours.</summary>
/// <remarks>What is shared by name is shared whatever its visibility: the protocol is the permission. Without names, a neighbour shares what it sees of itself.</remarks>
/// <param name="topology">Who is whose neighbour; default everybody.</param>
/// <param name="fields">Fields to share, see <see cref="Agent.TryFindField"/>; none for all. A neighbour that lacks one shares the others.</param>
public sealed class StateSharing(Topology? topology = null, params string[] fields) : CommunicationProtocol
{
    private VectorInbox[] _inboxes = [];
    private FieldHandle[][] _shared = [];

    /// <summary>The state of the members, when a step is over.</summary>
    public override ProtocolDirection Direction => ProtocolDirection.Horizontal;

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        FieldHandle[][] offered = [.. setup.Members.Select(Offered)];
        string? unknown = fields.FirstOrDefault(field => !setup.Members.Any(member => member.TryFindField(field, out _)));
        if (unknown is not null)
        {
            throw new ArgumentException($"The members of '{setup.Owner.Id}' are to share '{unknown}', but none of {string.Join(", ", setup.Members.Select(member => member.Id))} has such a field.");
        }

        int[][] neighbors = (topology ?? Topology.Complete).Resolve(setup.Members);
        _shared = [.. neighbors.Select(places => places.SelectMany(place => offered[place]).ToArray())];
        _inboxes = [.. setup.Members.Select((member, i) => setup.AddInbox(member, "Neighbors", [.. _shared[i].Select(field => $"{field.Feature.Owner.Id}.{field.Field.Name}")]))];
        setup.ReserveScratch(_shared.Select(shared => shared.Length * sizeof(float)).DefaultIfEmpty().Max());
    }

    /// <inheritdoc/>
    protected internal override void Communicate(in ProtocolContext context)
    {
        for (int i = 0; i < _inboxes.Length; i++)
        {
            FieldHandle[] shared = _shared[i];
            Span<float> states = context.Scratch<float>(shared.Length);
            for (int j = 0; j < shared.Length; j++)
            {
                states[j] = (float)context.Read(shared[j]);
            }

            context.Send(_inboxes[i], states);
        }
    }

    private FieldHandle[] Offered(Agent member)
    {
        if (fields.Length > 0)
        {
            return [.. fields.Select(field => (Found: member.TryFindField(field, out FieldHandle handle), handle)).Where(pair => pair.Found).Select(pair => pair.handle)];
        }

        // What others told it is not its own to tell.
        return
        [
            .. member.Features.Where(feature => feature.IsVisibleTo(member) && !member.Inboxes.Any(inbox => ReferenceEquals(inbox.Latest, feature)))
                .SelectMany(feature => feature.Fields, (feature, field) => new FieldHandle(feature, field)),
        ];
    }
}

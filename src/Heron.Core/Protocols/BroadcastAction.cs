using Heron.Core.Agents;

namespace Heron.Core.Protocols;

/// <summary>Commands every member the owner's own action. All members take as many numbers and categories as the owner.</summary>
/// <remarks>The owner is given the first member's action space when it declares none. A member with narrower bounds clips for itself.</remarks>
public sealed class BroadcastAction : ActionProtocol
{
    private Agent[] _members = [];

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        _members = [.. setup.Members.Where(member => member.ActionSpace is not null)];
        if (_members.Length == 0)
        {
            throw new ArgumentException($"Agent '{setup.Owner.Id}' has nobody to pass its action on to. Put agents with an ActionSpace below it.");
        }

        foreach (Agent member in _members)
        {
            if (member.ActionSpace!.ContinuousLength != _members[0].ActionSpace!.ContinuousLength || !member.ActionSpace.HeadSizes.SequenceEqual(_members[0].ActionSpace!.HeadSizes))
            {
                throw new ArgumentException(
                    $"Agent '{setup.Owner.Id}' passes the same action to '{_members[0].Id}', which takes {_members[0].ActionSpace}, and to '{member.Id}', which takes {member.ActionSpace}. Use VectorDecomposition for unlike members.");
            }
        }

        setup.RequireActionSpace(_members[0].ActionSpace!, _members[0].ActionLabels);
    }

    /// <inheritdoc/>
    protected internal override void Command(in ProtocolContext context)
    {
        if (!context.HasDecision)
        {
            return;
        }

        foreach (Agent member in _members)
        {
            context.Command(member, context.Action, context.Categories);
        }
    }
}

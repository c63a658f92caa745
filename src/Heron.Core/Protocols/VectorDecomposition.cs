using Heron.Core.Actions;

namespace Heron.Core.Protocols;

/// <summary>Takes the owner's action apart: each member gets the numbers and the categories that are its own.</summary>
/// <remarks>The owner acts in the joint space of its members, in their order; it is given that space when it declares none.</remarks>
public sealed class VectorDecomposition : ActionProtocol
{
    private ActionSlice[] _slices = [];

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        _slices = ActionSlice.Divide(setup.Members);
        if (_slices.Length == 0)
        {
            throw new ArgumentException($"Agent '{setup.Owner.Id}' has nobody among whom to divide its action. Put agents with an ActionSpace below it.");
        }

        setup.RequireActionSpace(JointActionSpace.Of([.. _slices.Select(slice => slice.Member.ActionSpace!)]), JointActionSpace.Labels(setup.Members));
    }

    /// <inheritdoc/>
    protected internal override void Command(in ProtocolContext context)
    {
        if (!context.HasDecision)
        {
            return;
        }

        foreach (ref readonly ActionSlice slice in _slices.AsSpan())
        {
            context.Command(slice.Member, context.Action[slice.Continuous], context.Categories[slice.Discrete]);
        }
    }
}

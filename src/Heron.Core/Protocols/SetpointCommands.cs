using Heron.Core.Actions;
using Heron.Core.Agents;
using Heron.Core.Messaging;

namespace Heron.Core.Protocols;

/// <summary>Tells each member its part of the owner's action as a setpoint, in a message that it observes.</summary>
/// <remarks>With <see cref="VectorDecomposition"/> beside it the setpoint is also commanded; without, the member decides what to do about it.</remarks>
public sealed class SetpointCommands : CommunicationProtocol
{
    private ActionSlice[] _slices = [];
    private VectorInbox[] _inboxes = [];

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        _slices = ActionSlice.Divide(setup.Members);
        setup.RequireActionSpace(JointActionSpace.Of([.. _slices.Select(slice => slice.Member.ActionSpace!)]), JointActionSpace.Labels(setup.Members));
        _inboxes = [.. _slices.Select(slice => setup.AddInbox(slice.Member, "Setpoint", FieldNames(slice.Member)))];
        setup.ReserveScratch(_slices.Select(slice => slice.Member.ActionSpace!.Length * sizeof(float)).DefaultIfEmpty().Max());
    }

    /// <inheritdoc/>
    protected internal override void Communicate(in ProtocolContext context)
    {
        if (!context.HasDecision)
        {
            return;
        }

        for (int i = 0; i < _slices.Length; i++)
        {
            ReadOnlySpan<float> continuous = context.Action[_slices[i].Continuous];
            ReadOnlySpan<int> categories = context.Categories[_slices[i].Discrete];
            Span<float> setpoint = context.Scratch<float>(_inboxes[i].Latest.Length);
            continuous.CopyTo(setpoint);
            for (int head = 0; head < categories.Length; head++)
            {
                setpoint[continuous.Length + head] = categories[head];
            }

            context.Send(_inboxes[i], setpoint);
        }
    }

    private static string[] FieldNames(Agent member) =>
        [.. Enumerable.Range(0, member.ActionSpace!.Length).Select(i => i < member.ActionSpace.ContinuousLength ? $"c{i}" : $"d{i - member.ActionSpace.ContinuousLength}")];
}

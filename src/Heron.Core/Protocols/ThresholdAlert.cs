using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;

namespace Heron.Core.Protocols;

/// <summary>Watches one field of every member and tells a member when it falls below a threshold (or rises above it), and when it is back.</summary>
/// <remarks>A message goes out only when something has changed.</remarks>
/// <param name="field">A field that every member has, see <see cref="Agent.TryFindField"/>.</param>
/// <param name="threshold">In the field's unit.</param>
/// <param name="above">Whether a value above the threshold is the alert, instead of one below it.</param>
public sealed class ThresholdAlert(string field, double threshold, bool above = false) : CommunicationProtocol
{
    private FieldHandle[] _fields = [];
    private Inbox<AlertMessage>[] _inboxes = [];
    private Feature<Told>[] _told = [];

    /// <summary>The state of the members, when a step is over.</summary>
    public override ProtocolDirection Direction => ProtocolDirection.Horizontal;

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        _fields = [.. setup.Members.Select(member => member.FindField(field))];
        _inboxes = [.. setup.Members.Select(member => setup.AddInbox(member, "Alert", new AlertMessage { Threshold = threshold }))];
        _told = [.. setup.Members.Select(member => setup.AddState($"AlertTo_{member.Id}", default(Told)))];
    }

    /// <inheritdoc/>
    protected internal override void Communicate(in ProtocolContext context)
    {
        for (int i = 0; i < _fields.Length; i++)
        {
            double current = context.Read(_fields[i]);
            bool isActive = above ? current > threshold : current < threshold;
            ref Told told = ref context.Get(_told[i]);
            if (isActive != told.IsActive)
            {
                told.IsActive = isActive;
                context.Send(_inboxes[i], new AlertMessage { IsActive = isActive, Current = current, Threshold = threshold });
            }
        }
    }

    /// <summary>What a member was told last; a message may still be under way to it.</summary>
    private struct Told
    {
        public bool IsActive;
    }
}

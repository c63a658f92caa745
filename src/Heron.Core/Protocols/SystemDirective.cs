using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;

namespace Heron.Core.Protocols;

/// <summary>Tells all members the same directive and the time at which it was given: what the system agent wants of its coordinators.</summary>
/// <remarks>The directive is the owner's action, or some of its state. It commands nobody; put an action part beside it for that.</remarks>
/// <param name="fields">Fields of the owner, see <see cref="Agent.TryFindField"/>, that make up the directive; none for its action.</param>
public sealed class SystemDirective(params string[] fields) : CommunicationProtocol
{
    private FieldHandle[] _fields = [];
    private VectorInbox[] _inboxes = [];

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        if (fields.Length == 0 && setup.Owner.ActionSpace is null)
        {
            throw new ArgumentException($"Agent '{setup.Owner.Id}' gives directives, but has no ActionSpace to choose them in. Give it one, or name the fields that are its directive.");
        }

        _fields = [.. fields.Select(setup.Owner.FindField)];
        string[] names = fields.Length > 0
            ? [.. _fields.Select(field => field.Field.Name)]
            : [.. Enumerable.Range(0, setup.Owner.ActionSpace!.Length).Select(i => $"directive{i}")];
        _inboxes = [.. setup.Members.Select(member => setup.AddInbox(member, "Directive", [.. names, "time_seconds"]))];
        setup.ReserveScratch((names.Length + 1) * sizeof(float));
    }

    /// <inheritdoc/>
    protected internal override void Communicate(in ProtocolContext context)
    {
        if (_fields.Length == 0 && !context.HasDecision)
        {
            return;
        }

        if (_inboxes.Length == 0)
        {
            return;
        }

        Span<float> directive = context.Scratch<float>(_inboxes[0].Latest.Length);
        for (int i = 0; i < _fields.Length; i++)
        {
            directive[i] = (float)context.Read(_fields[i]);
        }

        if (_fields.Length == 0)
        {
            context.Action.CopyTo(directive);
            for (int head = 0; head < context.Categories.Length; head++)
            {
                directive[context.Action.Length + head] = context.Categories[head];
            }
        }

        directive[^1] = (float)context.TimeSeconds;
        foreach (VectorInbox inbox in _inboxes)
        {
            context.Send(inbox, directive);
        }
    }
}

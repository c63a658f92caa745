using System.Globalization;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Core.Protocols;

/// <summary>Divides one number, the owner's action, among the members in proportion to weights: share = total * weight / sum of weights.</summary>
/// <remarks>Every member takes one continuous number. When the weights add up to zero, or to no finite number, all get the same. The owner is given a box from the sum of the members' lowest to the sum of their highest values when it declares none.</remarks>
public sealed class ProportionalAllocation : ActionProtocol
{
    private readonly IReadOnlyDictionary<string, double>? _weightsById;
    private readonly string? _weightField;
    private Agent[] _members = [];
    private double[] _weights = [];
    private FieldHandle[] _fields = [];

    /// <summary>Divides by fixed weights.</summary>
    /// <param name="weights">Weight per member, 0 or more; a member that is not named gets 0. Null: all get the same.</param>
    public ProportionalAllocation(IReadOnlyDictionary<string, double>? weights = null) => _weightsById = weights;

    /// <summary>Divides by what each member has at the time, for example its capacity.</summary>
    /// <param name="weightField">A field that every member has, see <see cref="Agent.TryFindField"/>; numbers below 0 count as 0.</param>
    public ProportionalAllocation(string weightField) => _weightField = weightField;

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        _members = [.. setup.Members];
        if (_members.Length == 0)
        {
            throw new ArgumentException($"Agent '{setup.Owner.Id}' has nobody among whom to divide its action. Put agents with an ActionSpace below it.");
        }

        foreach (Agent member in _members)
        {
            if (member.ActionSpace is not { ContinuousLength: 1, Length: 1 })
            {
                throw new ArgumentException(
                    $"Agent '{setup.Owner.Id}' divides one number among its members, but '{member.Id}' takes {member.ActionSpace?.ToString() ?? "no action"}. Give it a Box of one number.");
            }
        }

        if (_weightField is not null)
        {
            _fields = [.. _members.Select(member => member.FindField(_weightField))];
        }

        _weights = [.. _members.Select(member => WeightOf(setup.Owner, member))];
        CheckNames(setup.Owner);
        setup.ReserveScratch(_members.Length * sizeof(double));
        setup.RequireActionSpace(
            new BoxSpace(_members.Sum(member => member.ActionSpace!.Low(0)), _members.Sum(member => member.ActionSpace!.High(0))), [TotalLabel()]);
    }

    /// <inheritdoc/>
    protected internal override void Command(in ProtocolContext context)
    {
        if (!context.HasDecision)
        {
            return;
        }

        Span<double> weights = context.Scratch<double>(_members.Length);
        double sum = ReadWeights(context, weights);
        for (int i = 0; i < _members.Length; i++)
        {
            double share = sum > 0 && double.IsFinite(sum) ? weights[i] / sum : 1.0 / _members.Length;
            float commanded = (float)(context.Action[0] * share);
            context.Command(_members[i], new ReadOnlySpan<float>(in commanded));
        }
    }

    // Alike members have one name and unit for what is divided.
    private string TotalLabel()
    {
        string[] labels = [.. _members.Select(member => member.ActionLabels is [string label] ? label : "").Distinct()];
        return labels is [{ Length: > 0 } shared] ? $"total {shared}" : "total";
    }

    private double ReadWeights(in ProtocolContext context, Span<double> weights)
    {
        _weights.CopyTo(weights);
        double sum = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            if (_fields.Length > 0)
            {
                weights[i] = Math.Max(0, context.Read(_fields[i]));
            }

            sum += weights[i];
        }

        return sum;
    }

    private double WeightOf(Agent owner, Agent member)
    {
        if (_weightsById is null)
        {
            return 1;
        }

        double weight = _weightsById.GetValueOrDefault(member.Id);
        return double.IsFinite(weight) && weight >= 0
            ? weight
            : throw new ArgumentException(
                string.Create(CultureInfo.InvariantCulture, $"Agent '{owner.Id}' gives '{member.Id}' the weight {weight}; a weight is finite and 0 or more."));
    }

    private void CheckNames(Agent owner)
    {
        string? stranger = _weightsById?.Keys.FirstOrDefault(id => !Array.Exists(_members, member => member.Id == id));
        if (stranger is not null)
        {
            throw new ArgumentException($"Agent '{owner.Id}' has a weight for '{stranger}', which is not among its members: {string.Join(", ", _members.Select(member => member.Id))}.");
        }
    }
}

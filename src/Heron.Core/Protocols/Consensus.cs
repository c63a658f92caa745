using System.Collections.Frozen;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;

namespace Heron.Core.Protocols;

/// <summary>Members agree on a value by averaging with their neighbours, round after round, until nothing moves any more.</summary>
/// <remarks>All average at once: x_i = sum over itself and its neighbours of w_ij x_j. Members without the field start from 0.</remarks>
public sealed class Consensus : CommunicationProtocol
{
    private readonly ConsensusOptions _options;
    private FrozenDictionary<Agent, Inbox<ConsensusMessage>> _inboxes = FrozenDictionary<Agent, Inbox<ConsensusMessage>>.Empty;
    private Inbox<ConsensusMessage>[] _recipients = [];
    private FieldHandle?[] _fields = [];
    private int[][] _neighbors = [];
    private double[][] _weights = [];

    /// <summary>Declares the agreement.</summary>
    /// <param name="options">Field, topology, weights and when to stop; default those of <see cref="ConsensusOptions"/>.</param>
    public Consensus(ConsensusOptions? options = null) => _options = options ?? new ConsensusOptions();

    /// <summary>The state of the members, when a step is over.</summary>
    public override ProtocolDirection Direction => ProtocolDirection.Horizontal;

    /// <summary>Where a member finds the value that it has come to.</summary>
    /// <param name="member">One of the members.</param>
    /// <exception cref="KeyNotFoundException">It is not a member.</exception>
    public Feature<ConsensusMessage> ValueOf(Agent member) => _inboxes[member].Latest;

    /// <inheritdoc/>
    protected internal override void Connect(ProtocolSetup setup)
    {
        _fields = [.. setup.Members.Select(member => member.TryFindField(_options.ValueField, out FieldHandle field) ? field : (FieldHandle?)null)];
        if (setup.Members.Count > 0 && Array.TrueForAll(_fields, field => field is null))
        {
            throw new ArgumentException(
                $"The members of '{setup.Owner.Id}' are to agree on '{_options.ValueField}', but none of {string.Join(", ", setup.Members.Select(member => member.Id))} has such a field.");
        }

        _neighbors = _options.Topology.IsComplete ? [] : _options.Topology.Resolve(setup.Members);
        _weights = [.. _neighbors.Select((neighbors, i) => neighbors.Select(j => WeightOf(i, j)).ToArray())];
        _recipients = [.. setup.Members.Select(member => setup.AddInbox<ConsensusMessage>(member, nameof(Consensus)))];
        _inboxes = _recipients.ToFrozenDictionary(inbox => inbox.Owner);
        setup.ReserveScratch(2 * _fields.Length * sizeof(double));
    }

    /// <inheritdoc/>
    protected internal override void Communicate(in ProtocolContext context)
    {
        int count = _fields.Length;
        Span<double> values = context.Scratch<double>(2 * count)[..count];
        Span<double> next = context.Scratch<double>(2 * count)[count..];
        for (int i = 0; i < count; i++)
        {
            values[i] = _fields[i] is { } field ? context.Read(field) : 0;
        }

        double change = double.PositiveInfinity;
        for (int round = 0; round < _options.MaxIterations && change >= _options.Tolerance; round++)
        {
            change = Average(values, next);
            next.CopyTo(values);
        }

        for (int i = 0; i < count; i++)
        {
            context.Send(_recipients[i], new ConsensusMessage { ConsensusValue = values[i] });
        }
    }

    /// <summary>One round.</summary>
    /// <returns>The largest change of a value.</returns>
    private double Average(ReadOnlySpan<double> values, Span<double> next)
    {
        if (_options.Topology.IsComplete)
        {
            return AverageAll(values, next);
        }

        double largest = 0;
        for (int i = 0; i < next.Length; i++)
        {
            double moved = 0;
            int[] neighbors = _neighbors[i];
            double[] weights = _weights[i];
            for (int k = 0; k < neighbors.Length; k++)
            {
                moved += weights[k] * (values[neighbors[k]] - values[i]);
            }

            next[i] = values[i] + moved;
            largest = Math.Max(largest, Math.Abs(moved));
        }

        return largest;
    }

    // Everybody has the same neighbours, itself included, and comes to their mean.
    private static double AverageAll(ReadOnlySpan<double> values, Span<double> next)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        double largest = 0;
        next.Fill(sum / values.Length);
        for (int i = 0; i < next.Length; i++)
        {
            largest = Math.Max(largest, Math.Abs(next[i] - values[i]));
        }

        return largest;
    }

    private double WeightOf(int i, int j) => _options.Weights == ConsensusWeights.Uniform
        ? 1.0 / (1 + _neighbors[i].Length)
        : 1.0 / (1 + Math.Max(_neighbors[i].Length, _neighbors[j].Length));
}

using System.Buffers;

namespace Heron.Core.Policies;

/// <summary>Decides by a network: the observation is its input, its outputs are the action.</summary>
/// <remarks>
/// Outputs are one per continuous number, then one per category, heads concatenated; of each head the allowed category with
/// the largest output is chosen. The action is the network's best, without exploration.
/// </remarks>
public sealed class NetworkPolicy : Policy
{
    // An agent that decides for hundreds of others has more outputs than a stack should hold.
    private const int OutputsOnTheStack = 256;

    private readonly VectorFunction _network;
    private readonly int _inputs;
    private readonly ActionScaling _scaling;

    /// <summary>Wraps a network.</summary>
    /// <param name="network">Safe for concurrent calls. Outputs are as many as the action space has continuous numbers and categories.</param>
    /// <param name="inputs">Numbers that it takes, at least 0.</param>
    /// <param name="scaling">What its continuous outputs mean; default numbers of the action space.</param>
    /// <exception cref="ArgumentOutOfRangeException">The number of inputs is negative.</exception>
    public NetworkPolicy(VectorFunction network, int inputs, ActionScaling scaling = ActionScaling.Clip)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(inputs);
        _network = network;
        _inputs = inputs;
        _scaling = scaling;
    }

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">What the agent sees is not what the network takes.</exception>
    public override bool Decide(in PolicyContext context)
    {
        if (context.Observation.Length != _inputs)
        {
            throw new ArgumentException($"A network with {_inputs} inputs got an observation of {context.Observation.Length} numbers ({ObservationMode}). Choose another ObservationMode, or the network of this agent.");
        }

        int count = context.ActionSpace.ContinuousLength + context.ActionSpace.MaskLength;
        if (count <= OutputsOnTheStack)
        {
            Decide(context, stackalloc float[count]);
            return true;
        }

        float[] rented = ArrayPool<float>.Shared.Rent(count);
        Decide(context, rented.AsSpan(0, count));
        ArrayPool<float>.Shared.Return(rented);
        return true;
    }

    private void Decide(in PolicyContext context, Span<float> outputs)
    {
        outputs.Clear();
        _network(context.Observation, outputs);
        Span<float> continuous = outputs[..context.ActionSpace.ContinuousLength];
        if (_scaling == ActionScaling.Stretch)
        {
            context.ActionSpace.Unscale(continuous, context.Continuous);
        }
        else
        {
            continuous.CopyTo(context.Continuous);
        }

        ChooseCategories(context, outputs[continuous.Length..]);
    }

    private static void ChooseCategories(in PolicyContext context, ReadOnlySpan<float> outputs)
    {
        ReadOnlySpan<byte> mask = context.Mask;
        ReadOnlySpan<int> sizes = context.ActionSpace.HeadSizes;
        for (int head = 0; head < sizes.Length; head++)
        {
            int best = -1;
            for (int category = 0; category < sizes[head]; category++)
            {
                bool isAllowed = mask.IsEmpty || mask[category] != 0;
                best = isAllowed && (best < 0 || outputs[category] > outputs[best]) ? category : best;
            }

            context.Discrete[head] = Math.Max(0, best);
            outputs = outputs[sizes[head]..];
            mask = mask.IsEmpty ? mask : mask[sizes[head]..];
        }
    }
}

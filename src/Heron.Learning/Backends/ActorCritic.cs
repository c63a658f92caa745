using Heron.Learning.Distributions;
using Heron.Learning.Models;

namespace Heron.Learning.Backends;

/// <summary>The networks of a policy over one block of packed parameters, working on tiles of up to 64 rows.</summary>
internal sealed unsafe class ActorCritic
{
    private readonly LinearHead _policyHead;
    private readonly LinearHead _valueHead;
    private readonly ParameterTensor? _logStdTensor;
    private readonly int _logStdOffset;

    public ActorCritic(PolicySpec spec, ParameterLayout layout)
    {
        int length = 0;
        Actor = new Encoder(spec.ObservationLength, layout, spec.SharedLayers ? ParameterRole.SharedEncoder : ParameterRole.ActorEncoder, spec.Activation, ref length);
        Critic = spec.SharedLayers
            ? Actor
            : new Encoder(spec.CriticObservationLength, layout, ParameterRole.CriticEncoder, spec.Activation, ref length);
        _policyHead = MakeHead(layout, ParameterRole.PolicyHead, ref length);
        _valueHead = MakeHead(layout, ParameterRole.ValueHead, ref length);
        foreach (ParameterTensor tensor in layout.Tensors.Where(tensor => tensor.Role == ParameterRole.LogStd))
        {
            _logStdTensor = tensor;
            _logStdOffset = length;
            length += AlignedBuffer.Pad(tensor.Length);
        }

        Parameters = new AlignedBuffer(length);
    }

    /// <summary>Hidden layers of the actor.</summary>
    public Encoder Actor { get; }

    /// <summary>Hidden layers of the critic; the actor's when they are shared.</summary>
    public Encoder Critic { get; }

    /// <summary>All parameters in the form of the kernels, padded with zeros.</summary>
    public AlignedBuffer Parameters { get; }

    /// <summary>Takes numbers in the form of the policy's flat parameters; padding is not touched.</summary>
    public void Pack(ReadOnlySpan<float> flat, AlignedBuffer packed)
    {
        Actor.Pack(flat, packed.Pointer);
        Critic.Pack(flat, packed.Pointer);
        _policyHead.Pack(flat, packed.Pointer);
        _valueHead.Pack(flat, packed.Pointer);
        if (_logStdTensor is { } tensor)
        {
            flat.Slice(tensor.Offset, tensor.Length).CopyTo(packed.Span[_logStdOffset..]);
        }
    }

    /// <summary>Writes numbers in the form of the policy's flat parameters.</summary>
    public void Unpack(AlignedBuffer packed, Span<float> flat)
    {
        Actor.Unpack(packed.Pointer, flat);
        Critic.Unpack(packed.Pointer, flat);
        _policyHead.Unpack(packed.Pointer, flat);
        _valueHead.Unpack(packed.Pointer, flat);
        if (_logStdTensor is { } tensor)
        {
            packed.Span.Slice(_logStdOffset, tensor.Length).CopyTo(flat.Slice(tensor.Offset, tensor.Length));
        }
    }

    /// <summary>Must follow a change of <see cref="Parameters"/> before gradients are computed.</summary>
    public void CopyPlainWeights()
    {
        Actor.CopyPlainWeights(Parameters.Pointer);
        if (Critic != Actor)
        {
            Critic.CopyPlainWeights(Parameters.Pointer);
        }
    }

    /// <summary>Distribution inputs of the rows in the actor's tile, as lanes.</summary>
    public void ForwardPolicy(int rows, float* lanes)
    {
        Actor.Forward(Parameters.Pointer, rows);
        WritePolicyLanes(rows, lanes);
    }

    /// <summary>Values of the rows in the critic's tile, one lane.</summary>
    public void ForwardValue(int rows, float* lane)
    {
        Critic.Forward(Parameters.Pointer, rows);
        _valueHead.Forward(Parameters.Pointer, Critic.Outputs, lane, rows);
    }

    /// <summary>Both for training; shared layers run once.</summary>
    public void Forward(int rows, float* policyLanes, float* valueLane)
    {
        ForwardPolicy(rows, policyLanes);
        if (Critic != Actor)
        {
            Critic.Forward(Parameters.Pointer, rows);
        }

        _valueHead.Forward(Parameters.Pointer, Critic.Outputs, valueLane, rows);
    }

    /// <summary>Adds the gradients of all parameters for the tile of the last <see cref="Forward"/>.</summary>
    /// <param name="rows">Rows of the tile; lanes beyond them up to the next 16 must be 0.</param>
    /// <param name="policyLanes">Gradients at the distribution inputs.</param>
    /// <param name="valueLane">Gradients at the values.</param>
    /// <param name="gradients">In the form of <see cref="Parameters"/>, added to.</param>
    public void Backward(int rows, float* policyLanes, float* valueLane, AlignedBuffer gradients)
    {
        float* g = gradients.Pointer;
        _policyHead.Backward(Parameters.Pointer, g, Actor.Outputs, policyLanes, Actor.Zeros, 0, Actor.OutputGradients, rows);
        if (Critic == Actor)
        {
            // Both heads pull at the same layers: the second adds to the first.
            _valueHead.Backward(Parameters.Pointer, g, Actor.Outputs, valueLane, Actor.OutputGradients, _valueHead.InputStride, Actor.OutputGradients, rows);
            Actor.Backward(g, rows);
        }
        else
        {
            Actor.Backward(g, rows);
            _valueHead.Backward(Parameters.Pointer, g, Critic.Outputs, valueLane, Critic.Zeros, 0, Critic.OutputGradients, rows);
            Critic.Backward(g, rows);
        }

        for (int i = 0; i < _logStdTensor?.Length; i++)
        {
            g[_logStdOffset + i] += VectorMath.SumOf(policyLanes + ((_policyHead.Outputs + i) * LaneTile.Rows), AlignedBuffer.Pad(rows));
        }
    }

    // A free vector of standard deviations follows the outputs of the head, the same in each row.
    private void WritePolicyLanes(int rows, float* lanes)
    {
        _policyHead.Forward(Parameters.Pointer, Actor.Outputs, lanes, rows);
        for (int i = 0; i < _logStdTensor?.Length; i++)
        {
            new Span<float>(lanes + ((_policyHead.Outputs + i) * LaneTile.Rows), AlignedBuffer.Pad(rows)).Fill(Parameters.Pointer[_logStdOffset + i]);
        }
    }

    private static LinearHead MakeHead(ParameterLayout layout, ParameterRole role, ref int packedLength)
    {
        ParameterTensor[] tensors = [.. layout.Tensors.Where(tensor => tensor.Role == role)];
        return new LinearHead(tensors[0], tensors[1], ref packedLength);
    }
}

using System.Runtime.Intrinsics;
using Heron.Learning.Distributions;
using Heron.Learning.Models;

namespace Heron.Learning.Backends;

/// <summary>
/// A last layer. Its outputs are few, so its inputs lie along the vectors: weights as they are, shape (outputs, padded
/// inputs). Outputs and their gradients are lanes, see <see cref="LaneTile"/>.
/// </summary>
internal sealed unsafe class LinearHead
{
    private readonly ParameterTensor _weightTensor;
    private readonly ParameterTensor _biasTensor;
    private readonly int _weightOffset;
    private readonly int _biasOffset;

    public LinearHead(ParameterTensor weights, ParameterTensor biases, ref int packedLength)
    {
        _weightTensor = weights;
        _biasTensor = biases;
        Inputs = weights.Inputs;
        Outputs = weights.Outputs;
        InputStride = AlignedBuffer.Pad(Inputs);
        _weightOffset = packedLength;
        _biasOffset = _weightOffset + (Outputs * InputStride);
        packedLength = _biasOffset + AlignedBuffer.Pad(Outputs);
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public int InputStride { get; }

    public void Pack(ReadOnlySpan<float> flat, float* packed)
    {
        for (int output = 0; output < Outputs; output++)
        {
            flat.Slice(_weightTensor.Offset + (output * Inputs), Inputs).CopyTo(new Span<float>(packed + _weightOffset + (output * InputStride), Inputs));
        }

        flat.Slice(_biasTensor.Offset, Outputs).CopyTo(new Span<float>(packed + _biasOffset, Outputs));
    }

    public void Unpack(float* packed, Span<float> flat)
    {
        for (int output = 0; output < Outputs; output++)
        {
            new ReadOnlySpan<float>(packed + _weightOffset + (output * InputStride), Inputs).CopyTo(flat.Slice(_weightTensor.Offset + (output * Inputs), Inputs));
        }

        new ReadOnlySpan<float>(packed + _biasOffset, Outputs).CopyTo(flat.Slice(_biasTensor.Offset, Outputs));
    }

    /// <summary>Writes one lane per output.</summary>
    public void Forward(float* packed, float* inputs, float* lanes, int rows)
    {
        for (int row = 0; row < rows; row++)
        {
            float* input = inputs + (row * InputStride);
            for (int output = 0; output < Outputs; output++)
            {
                float* weights = packed + _weightOffset + (output * InputStride);
                Vector512<float> sum = Vector512.Load(input) * Vector512.Load(weights);
                for (int i = 16; i < InputStride; i += 16)
                {
                    sum = Vector512.FusedMultiplyAdd(Vector512.Load(input + i), Vector512.Load(weights + i), sum);
                }

                lanes[(output * LaneTile.Rows) + row] = VectorMath.Sum(sum) + packed[_biasOffset + output];
            }
        }
    }

    /// <summary>Adds the gradients of the parameters and those of the inputs to what <paramref name="start"/> holds.</summary>
    /// <param name="packed">All parameters.</param>
    /// <param name="packedGradients">Gradients of all parameters, added to.</param>
    /// <param name="inputs">Inputs of the forward pass.</param>
    /// <param name="laneGradients">Gradients at the outputs, lanes.</param>
    /// <param name="start">Zeros, or the gradients that another head gave the same inputs.</param>
    /// <param name="startStride">Floats from one row of the start to the next.</param>
    /// <param name="inputGradients">Receives the gradients at the inputs; null when nobody asks.</param>
    /// <param name="rows">Rows of the tile.</param>
    public void Backward(float* packed, float* packedGradients, float* inputs, float* laneGradients, float* start, nint startStride, float* inputGradients, int rows)
    {
        float* weightGradients = packedGradients + _weightOffset;
        MatrixProduct.Multiply(
            laneGradients, LaneTile.Rows, 1, inputs, InputStride, weightGradients, InputStride, weightGradients, InputStride, Outputs, rows, InputStride);
        for (int output = 0; output < Outputs; output++)
        {
            packedGradients[_biasOffset + output] += VectorMath.SumOf(laneGradients + (output * LaneTile.Rows), AlignedBuffer.Pad(rows));
        }

        if (inputGradients is not null)
        {
            MatrixProduct.Multiply(
                laneGradients, 1, LaneTile.Rows, packed + _weightOffset, InputStride, start, startStride, inputGradients, InputStride, rows, Outputs, InputStride);
        }
    }
}

using System.Runtime.CompilerServices;
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

    /// <summary>Writes one lane per output. Works on whole blocks of 4 rows: lanes up to the next multiple of 4 are written too.</summary>
    [MethodImpl(Kernel.Options)]
    public void Forward(float* packed, float* inputs, float* lanes, int rows)
    {
        for (int output = 0; output < Outputs; output++)
        {
            float* weights = packed + _weightOffset + (output * InputStride);
            Vector128<float> bias = Vector128.Create(packed[_biasOffset + output]);
            float* lane = lanes + (output * LaneTile.Rows);
            for (int row = 0; row < rows; row += 4)
            {
                (DotFour(inputs + (row * InputStride), weights) + bias).Store(lane + row);
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

    // Products of 4 rows with one row of weights. Each is one chain per position in the vector, and then one sum in a fixed order.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector128<float> DotFour(float* inputs, float* weights)
    {
        float* row1 = inputs + InputStride, row2 = row1 + InputStride, row3 = row2 + InputStride;
        Vector512<float> weight = Vector512.Load(weights);
        Vector512<float> sum0 = Vector512.Load(inputs) * weight;
        Vector512<float> sum1 = Vector512.Load(row1) * weight;
        Vector512<float> sum2 = Vector512.Load(row2) * weight;
        Vector512<float> sum3 = Vector512.Load(row3) * weight;
        for (int i = 16; i < InputStride; i += 16)
        {
            weight = Vector512.Load(weights + i);
            sum0 = Vector512.FusedMultiplyAdd(Vector512.Load(inputs + i), weight, sum0);
            sum1 = Vector512.FusedMultiplyAdd(Vector512.Load(row1 + i), weight, sum1);
            sum2 = Vector512.FusedMultiplyAdd(Vector512.Load(row2 + i), weight, sum2);
            sum3 = Vector512.FusedMultiplyAdd(Vector512.Load(row3 + i), weight, sum3);
        }

        return VectorMath.SumEach(sum0, sum1, sum2, sum3);
    }
}

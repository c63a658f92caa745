using Heron.Learning.Models;

namespace Heron.Learning.Backends;

/// <summary>
/// A hidden layer in the form of the kernels: weights transposed, shape (inputs, padded outputs), so that outputs lie along
/// the vectors both forward and in the gradient of the weights. The plain weights are kept as a copy for the way back.
/// Padding is 0 and stays 0, in weights, outputs and gradients.
/// </summary>
internal sealed unsafe class DenseLayer
{
    private readonly ParameterTensor _weightTensor;
    private readonly ParameterTensor _biasTensor;
    private readonly Activation _activation;
    private readonly AlignedBuffer? _plainWeights;

    /// <summary>Describes a layer.</summary>
    /// <param name="weights">Its weights among the policy's parameters.</param>
    /// <param name="biases">Its biases.</param>
    /// <param name="activation">The function of its outputs.</param>
    /// <param name="hasLayerBelow">Whether gradients go further back.</param>
    /// <param name="packedLength">Floats used so far in the packed parameters; advanced by the layer's.</param>
    public DenseLayer(ParameterTensor weights, ParameterTensor biases, Activation activation, bool hasLayerBelow, ref int packedLength)
    {
        _weightTensor = weights;
        _biasTensor = biases;
        _activation = activation;
        Inputs = weights.Inputs;
        Outputs = weights.Outputs;
        InputStride = AlignedBuffer.Pad(Inputs);
        OutputStride = AlignedBuffer.Pad(Outputs);
        WeightOffset = packedLength;
        BiasOffset = WeightOffset + (Inputs * OutputStride);
        packedLength = BiasOffset + OutputStride;
        _plainWeights = hasLayerBelow ? new AlignedBuffer(Outputs * InputStride) : null;
    }

    public int Inputs { get; }

    public int Outputs { get; }

    public int InputStride { get; }

    public int OutputStride { get; }

    private int WeightOffset { get; }

    private int BiasOffset { get; }

    /// <summary>Takes the layer's numbers from the policy's parameters (or from moments in their form).</summary>
    public void Pack(ReadOnlySpan<float> flat, float* packed)
    {
        for (int output = 0; output < Outputs; output++)
        {
            for (int input = 0; input < Inputs; input++)
            {
                packed[WeightOffset + (input * OutputStride) + output] = flat[_weightTensor.Offset + (output * Inputs) + input];
            }

            packed[BiasOffset + output] = flat[_biasTensor.Offset + output];
        }
    }

    /// <summary>Writes the layer's numbers in the form of the policy's parameters.</summary>
    public void Unpack(float* packed, Span<float> flat)
    {
        for (int output = 0; output < Outputs; output++)
        {
            for (int input = 0; input < Inputs; input++)
            {
                flat[_weightTensor.Offset + (output * Inputs) + input] = packed[WeightOffset + (input * OutputStride) + output];
            }

            flat[_biasTensor.Offset + output] = packed[BiasOffset + output];
        }
    }

    /// <summary>Renews the copy of the weights for the way back; after every change of the parameters.</summary>
    public void CopyPlainWeights(float* packed)
    {
        if (_plainWeights is not null)
        {
            MatrixTranspose.Transpose(packed + WeightOffset, OutputStride, _plainWeights.Pointer, InputStride, Inputs, Outputs);
        }
    }

    public void Forward(float* packed, float* inputs, float* outputs, int rows)
    {
        MatrixProduct.Multiply(
            inputs, InputStride, 1, packed + WeightOffset, OutputStride, packed + BiasOffset, 0, outputs, OutputStride, rows, Inputs, OutputStride);
        if (_activation == Activation.Tanh)
        {
            VectorMath.TanhInPlace(outputs, rows * OutputStride);
        }
        else
        {
            VectorMath.ReluInPlace(outputs, rows * OutputStride);
        }
    }

    /// <summary>Adds the gradients of the parameters and writes those of the inputs.</summary>
    /// <param name="packedGradients">Gradients of all parameters, added to.</param>
    /// <param name="inputs">Inputs of the forward pass.</param>
    /// <param name="outputs">Its outputs.</param>
    /// <param name="outputGradients">Gradients at the outputs; replaced by those before the activation.</param>
    /// <param name="inputGradients">Receives the gradients at the inputs; unused without a layer below.</param>
    /// <param name="zeros">At least as many zeros as the widest layer is wide.</param>
    /// <param name="rows">Rows of the tile.</param>
    public void Backward(float* packedGradients, float* inputs, float* outputs, float* outputGradients, float* inputGradients, float* zeros, int rows)
    {
        if (_activation == Activation.Tanh)
        {
            VectorMath.TanhBackwardInPlace(outputGradients, outputs, rows * OutputStride);
        }
        else
        {
            VectorMath.ReluBackwardInPlace(outputGradients, outputs, rows * OutputStride);
        }

        float* weightGradients = packedGradients + WeightOffset;
        MatrixProduct.Multiply(
            inputs, 1, InputStride, outputGradients, OutputStride, weightGradients, OutputStride, weightGradients, OutputStride, Inputs, rows, OutputStride);
        VectorMath.AddRows(outputGradients, OutputStride, rows, packedGradients + BiasOffset);
        if (_plainWeights is not null)
        {
            MatrixProduct.Multiply(
                outputGradients, OutputStride, 1, _plainWeights.Pointer, InputStride, zeros, 0, inputGradients, InputStride, rows, Outputs, InputStride);
        }
    }
}

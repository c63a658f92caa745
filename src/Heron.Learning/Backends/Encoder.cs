using Heron.Learning.Distributions;
using Heron.Learning.Models;

namespace Heron.Learning.Backends;

/// <summary>The hidden layers of a network, with room for what a tile of rows leaves in them.</summary>
internal sealed unsafe class Encoder
{
    private readonly DenseLayer[] _layers;

    // Outputs of each layer, the observations first; gradients likewise, where the first entry is never used.
    private readonly AlignedBuffer[] _outputs;
    private readonly AlignedBuffer[] _gradients;
    private readonly AlignedBuffer _zeros;

    public Encoder(int observationLength, ParameterLayout layout, ParameterRole role, Activation activation, ref int packedLength)
    {
        ParameterTensor[] tensors = [.. layout.Tensors.Where(tensor => tensor.Role == role)];
        _layers = new DenseLayer[tensors.Length / 2];
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i] = new DenseLayer(tensors[2 * i], tensors[(2 * i) + 1], activation, hasLayerBelow: i > 0, ref packedLength);
        }

        ObservationLength = observationLength;
        int[] strides = [AlignedBuffer.Pad(observationLength), .. _layers.Select(layer => layer.OutputStride)];
        _outputs = [.. strides.Select(stride => new AlignedBuffer(LaneTile.Rows * stride))];
        _gradients = [.. strides.Select(stride => new AlignedBuffer(LaneTile.Rows * stride))];
        _zeros = new AlignedBuffer(strides.Max());
        ObservationStride = strides[0];
    }

    public int ObservationLength { get; }

    public int ObservationStride { get; }

    /// <summary>Where the observations of a tile are put, rows of <see cref="ObservationStride"/> floats.</summary>
    public float* Observations => _outputs[0].Pointer;

    /// <summary>Outputs of the last layer.</summary>
    public float* Outputs => _outputs[^1].Pointer;

    /// <summary>Where the gradients at <see cref="Outputs"/> are put; null without layers.</summary>
    public float* OutputGradients => _layers.Length == 0 ? null : _gradients[^1].Pointer;

    public float* Zeros => _zeros.Pointer;

    public void Pack(ReadOnlySpan<float> flat, float* packed)
    {
        foreach (DenseLayer layer in _layers)
        {
            layer.Pack(flat, packed);
        }
    }

    public void Unpack(float* packed, Span<float> flat)
    {
        foreach (DenseLayer layer in _layers)
        {
            layer.Unpack(packed, flat);
        }
    }

    public void CopyPlainWeights(float* packed)
    {
        foreach (DenseLayer layer in _layers)
        {
            layer.CopyPlainWeights(packed);
        }
    }

    /// <summary>Copies one row of observations into the tile.</summary>
    public void SetObservation(ReadOnlySpan<float> observation, int row) =>
        observation.CopyTo(new Span<float>(Observations + (row * ObservationStride), ObservationLength));

    public void Forward(float* packed, int rows)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            _layers[i].Forward(packed, _outputs[i].Pointer, _outputs[i + 1].Pointer, rows);
        }
    }

    public void Backward(float* packedGradients, int rows)
    {
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            _layers[i].Backward(
                packedGradients, _outputs[i].Pointer, _outputs[i + 1].Pointer, _gradients[i + 1].Pointer, _gradients[i].Pointer, _zeros.Pointer, rows);
        }
    }
}

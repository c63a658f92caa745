using Heron.Core.Randomness;

namespace Heron.Learning.Models;

/// <summary>Draws the weights of a new policy.</summary>
public static class ParameterInitializer
{
    /// <summary>Fills <paramref name="parameters"/> as <see cref="PolicySpec.Initialization"/> says.</summary>
    /// <param name="spec">The policy's description.</param>
    /// <param name="layout">Its layout.</param>
    /// <param name="random">The stream that is advanced.</param>
    /// <param name="parameters">Shape (<see cref="ParameterLayout.Length"/>).</param>
    public static void Initialize(PolicySpec spec, ParameterLayout layout, ref RandomStream random, Span<float> parameters)
    {
        int fanIn = 0;
        foreach (ParameterTensor tensor in layout.Tensors)
        {
            Span<float> values = parameters.Slice(tensor.Offset, tensor.Length);
            fanIn = tensor.IsMatrix ? tensor.Inputs : fanIn;
            if (tensor.Role == ParameterRole.LogStd)
            {
                values.Clear();
            }
            else if (spec.Initialization == Initialization.RLlib)
            {
                FillUniform(ref random, Bound(fanIn), values);
            }
            else if (tensor.IsMatrix)
            {
                FillOrthogonal(ref random, tensor, values);
            }
            else
            {
                values.Clear();
            }
        }
    }

    /// <summary>The bound of RLlib's uniform weights and biases of a layer, 1/sqrt(inputs).</summary>
    /// <param name="inputs">Inputs of the layer.</param>
    public static float Bound(int inputs) => 1 / MathF.Sqrt(inputs);

    private static void FillUniform(ref RandomStream random, float bound, Span<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (float)(((2 * random.NextDouble()) - 1) * bound);
        }
    }

    private static void FillOrthogonal(ref RandomStream random, ParameterTensor tensor, Span<float> weights)
    {
        double[] gaussian = new double[weights.Length];
        for (int i = 0; i < gaussian.Length; i++)
        {
            gaussian[i] = random.NextGaussian();
        }

        OrthogonalMatrix.FromGaussian(gaussian, tensor.Outputs, tensor.Inputs, Gain(tensor.Role));
        for (int i = 0; i < gaussian.Length; i++)
        {
            weights[i] = (float)gaussian[i];
        }
    }

    private static double Gain(ParameterRole role) => role switch
    {
        ParameterRole.PolicyHead => 0.01,
        ParameterRole.ValueHead => 1,
        _ => Math.Sqrt(2),
    };
}

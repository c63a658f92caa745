namespace Heron.Learning.Models;

/// <summary>One named tensor within the flat parameters of a policy.</summary>
/// <param name="Name">RLlib's name, for example <c>encoder.actor_encoder.net.mlp.0.weight</c>.</param>
/// <param name="Offset">Index of its first number in the flat parameters.</param>
/// <param name="Outputs">Rows of a weight matrix, or the length of a vector.</param>
/// <param name="Inputs">Columns of a weight matrix; 0 for a vector.</param>
/// <param name="Role">What the tensor is part of.</param>
public readonly record struct ParameterTensor(string Name, int Offset, int Outputs, int Inputs, ParameterRole Role)
{
    /// <summary>Numbers in the tensor.</summary>
    public int Length => Inputs == 0 ? Outputs : Outputs * Inputs;

    /// <summary>Whether the tensor is a matrix of shape (<see cref="Outputs"/>, <see cref="Inputs"/>), row-major, applied as y = W x + b.</summary>
    public bool IsMatrix => Inputs != 0;
}

namespace Heron.Learning.Checkpoints;

/// <summary>Weights or biases of one layer of a policy.</summary>
/// <param name="Name">Policy and RLlib's name of the tensor, for example <c>shared/pi.net.mlp.0.weight</c>.</param>
/// <param name="Shape">Lengths of its dimensions; weights are (outputs, inputs).</param>
/// <param name="Values">Row-major.</param>
public sealed record CheckpointTensor(string Name, IReadOnlyList<int> Shape, ReadOnlyMemory<float> Values);

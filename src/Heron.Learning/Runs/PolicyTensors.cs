using Heron.Learning.Checkpoints;
using Heron.Learning.Models;
using Heron.Learning.Training;

namespace Heron.Learning.Runs;

/// <summary>The parameters of policies as the named tensors of a checkpoint: <c>POLICY/TENSOR</c>.</summary>
public static class PolicyTensors
{
    /// <summary>Copies the parameters.</summary>
    /// <param name="policies">All policies of a run.</param>
    public static IReadOnlyList<CheckpointTensor> Capture(PolicySet policies) =>
    [
        .. policies.Policies.SelectMany((policy, i) => new ParameterLayout(policy.Spec).Tensors.Select(tensor =>
            new CheckpointTensor(NameOf(policies, i, tensor), ShapeOf(tensor), policy.Parameters.Slice(tensor.Offset, tensor.Length).ToArray()))),
    ];

    /// <summary>Puts parameters into policies.</summary>
    /// <param name="policies">Policies as the checkpoint's configuration describes them.</param>
    /// <param name="tensors">The tensors of the checkpoint.</param>
    /// <exception cref="ArgumentException">A tensor is missing, unknown or of another shape; the message names it. Policies may hold some of the tensors then.</exception>
    public static void Restore(PolicySet policies, IReadOnlyList<CheckpointTensor> tensors)
    {
        var unused = tensors.ToDictionary(tensor => tensor.Name, StringComparer.Ordinal);
        for (int i = 0; i < policies.Policies.Count; i++)
        {
            Policy policy = policies.Policies[i];
            foreach (ParameterTensor tensor in new ParameterLayout(policy.Spec).Tensors)
            {
                string name = NameOf(policies, i, tensor);
                if (!unused.Remove(name, out CheckpointTensor? saved))
                {
                    throw new ArgumentException($"The tensor '{name}' is missing.", nameof(tensors));
                }

                int[] shape = ShapeOf(tensor);
                if (!saved.Shape.SequenceEqual(shape))
                {
                    throw new ArgumentException($"The tensor '{name}' has shape ({string.Join(", ", saved.Shape)}); it takes ({string.Join(", ", shape)}).", nameof(tensors));
                }

                saved.Values.Span.CopyTo(policy.Parameters[tensor.Offset..]);
            }
        }

        if (unused.Count > 0)
        {
            throw new ArgumentException($"The tensor '{unused.Keys.First()}' belongs to no policy; they are: {string.Join(", ", policies.Mapping.PolicyIds)}.", nameof(tensors));
        }
    }

    private static string NameOf(PolicySet policies, int policy, ParameterTensor tensor) => $"{policies.Mapping.PolicyIds[policy]}/{tensor.Name}";

    private static int[] ShapeOf(ParameterTensor tensor) => tensor.IsMatrix ? [tensor.Outputs, tensor.Inputs] : [tensor.Outputs];
}

using Heron.Learning.Backends;

namespace Heron.Learning.Distributions;

/// <summary>Lanes that an <see cref="ActionDistribution"/> works on; see <see cref="LaneTile"/>.</summary>
internal sealed unsafe class DistributionWorkspace
{
    public DistributionWorkspace(ActionDistribution distribution)
    {
        int inputs = distribution.InputLength;
        int heads = Math.Max(distribution.HeadSizes.Length, 1);
        Inputs = LaneTile.Allocate(inputs);
        OldInputs = LaneTile.Allocate(inputs);
        Probabilities = LaneTile.Allocate(inputs);
        OldProbabilities = LaneTile.Allocate(inputs);
        Gradients = LaneTile.Allocate(inputs);
        Continuous = LaneTile.Allocate(Math.Max(distribution.ContinuousLength, 1));
        DiscreteBits = LaneTile.Allocate(heads);
        HeadEntropies = LaneTile.Allocate(heads);
        Uniforms = LaneTile.Allocate(heads);
        LogProbabilities = LaneTile.Allocate(1);
    }

    /// <summary>Means, logarithms of standard deviations, logits; once evaluated, log-probabilities stand in place of the logits.</summary>
    public AlignedBuffer Inputs { get; }

    /// <summary>The same of the policy that acted.</summary>
    public AlignedBuffer OldInputs { get; }

    /// <summary>Probabilities of all categories, at the place of their logits.</summary>
    public AlignedBuffer Probabilities { get; }

    /// <summary>The same of the policy that acted.</summary>
    public AlignedBuffer OldProbabilities { get; }

    /// <summary>Gradients at the inputs.</summary>
    public AlignedBuffer Gradients { get; }

    /// <summary>Continuous parts of the actions.</summary>
    public AlignedBuffer Continuous { get; }

    /// <summary>Discrete parts of the actions, whole numbers.</summary>
    public int* Discrete => (int*)DiscreteBits.Pointer;

    /// <summary>Entropy of each head.</summary>
    public AlignedBuffer HeadEntropies { get; }

    /// <summary>Random numbers in [0, 1), one per head.</summary>
    public AlignedBuffer Uniforms { get; }

    /// <summary>Log-probabilities of the actions.</summary>
    public AlignedBuffer LogProbabilities { get; }

    private AlignedBuffer DiscreteBits { get; }
}

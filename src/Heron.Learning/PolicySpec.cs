using Heron.Core.Spaces;
using Heron.Learning.Models;

namespace Heron.Learning;

/// <summary>What a policy sees, what it does and how its networks look.</summary>
public sealed record PolicySpec
{
    private readonly int? _criticObservationLength;
    private readonly int[] _hiddenSizes = [64, 64];

    /// <summary>Describes a policy.</summary>
    /// <param name="observationLength">Numbers in an observation, at least 1.</param>
    /// <param name="actionSpace">Actions as the policy sees them, that is after an action mapping.</param>
    /// <exception cref="ArgumentOutOfRangeException">The observation has no number.</exception>
    public PolicySpec(int observationLength, Space actionSpace)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(observationLength, 1);
        ObservationLength = observationLength;
        ActionSpace = actionSpace;
    }

    /// <summary>Numbers in an observation of the actor.</summary>
    public int ObservationLength { get; }

    /// <summary>Actions as the policy sees them, that is after an action mapping.</summary>
    public Space ActionSpace { get; }

    /// <summary>Whether each row comes with a mask of allowed categories, shape (<see cref="Space.MaskLength"/>), 0 = forbidden. Default no.</summary>
    public bool HasActionMask { get; init; }

    /// <summary>
    /// Numbers in an observation of the critic. Not set (the default), the critic sees the actor's observations; set, it
    /// has observations of its own, for example those of all agents joined.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Below 1.</exception>
    public int CriticObservationLength
    {
        get => _criticObservationLength ?? ObservationLength;
        init => _criticObservationLength = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "A critic's observation needs at least 1 number.");
    }

    /// <summary>Whether the critic has observations of its own.</summary>
    public bool HasCentralizedCritic => _criticObservationLength.HasValue;

    /// <summary>Outputs of each hidden layer, each at least 1; empty for linear networks. Default 64, 64.</summary>
    /// <exception cref="ArgumentException">A size is below 1.</exception>
    public IReadOnlyList<int> HiddenSizes
    {
        get => _hiddenSizes;
        init => _hiddenSizes = value.All(size => size >= 1)
            ? [.. value]
            : throw new ArgumentException($"Hidden sizes are {string.Join(", ", value)}; each layer needs at least 1 output.", nameof(value));
    }

    /// <summary>Function after each hidden layer. Default tanh.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Whether actor and critic share their hidden layers. Default no: two separate networks.</summary>
    public bool SharedLayers { get; init; }

    /// <summary>
    /// Whether the logarithms of the standard deviations are one learned vector that starts at 0 (true), or outputs of the
    /// network (false, the default, as in RLlib). Either is kept within +-<see cref="LogStdLimit"/>.
    /// </summary>
    public bool FreeLogStd { get; init; }

    /// <summary>Largest size of a logarithm of a standard deviation; beyond it gradients are 0. RLlib's 20 by default.</summary>
    public float LogStdLimit { get; init; } = 20;

    /// <summary>How weights start. Default orthogonal.</summary>
    public Initialization Initialization { get; init; } = Initialization.Orthogonal;

    /// <summary>Numbers in the distribution inputs of one row: means, logarithms of standard deviations, logits of all heads.</summary>
    public int DistributionInputLength => (2 * ActionSpace.ContinuousLength) + ActionSpace.MaskLength;

    /// <summary>Outputs of the policy head: the distribution inputs without a free vector of standard deviations.</summary>
    public int PolicyOutputLength => FreeLogStd ? ActionSpace.ContinuousLength + ActionSpace.MaskLength : DistributionInputLength;
}

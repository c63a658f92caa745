using Heron.Learning.Models;

namespace Heron.Learning.Training;

/// <summary>How the networks of all policies of a run look.</summary>
public sealed record ModelOptions
{
    /// <summary>Outputs of each hidden layer, each at least 1. Default 64, 64.</summary>
    public IReadOnlyList<int> HiddenSizes { get; init; } = [64, 64];

    /// <summary>Function after each hidden layer. Default tanh.</summary>
    public Activation Activation { get; init; } = Activation.Tanh;

    /// <summary>Whether actor and critic share their hidden layers. Default no.</summary>
    public bool SharedLayers { get; init; }

    /// <summary>Whether the standard deviations of continuous actions are learned numbers of their own (true) or outputs of the network (false, the default).</summary>
    public bool FreeLogStd { get; init; }

    /// <summary>How weights start. Default orthogonal.</summary>
    public Initialization Initialization { get; init; } = Initialization.Orthogonal;
}

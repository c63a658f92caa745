using Heron.Core.Randomness;
using Heron.Core.Spaces;

namespace Heron.Core.Policies;

/// <summary>What a policy reads and writes when it decides.</summary>
public readonly ref struct PolicyContext
{
    private readonly ref RandomStream _random;

    /// <summary>Brings together what a policy needs, also outside an environment.</summary>
    /// <param name="observation">What it sees, shape by its <see cref="Policy.ObservationMode"/>.</param>
    /// <param name="actionSpace">What it may choose.</param>
    /// <param name="continuous">Receives the continuous numbers, shape (<see cref="Space.ContinuousLength"/>).</param>
    /// <param name="discrete">Receives one category per head.</param>
    /// <param name="memory">What it remembers, shape (<see cref="Policy.MemoryLength"/>).</param>
    /// <param name="random">Its random stream.</param>
    public PolicyContext(ReadOnlySpan<float> observation, Space actionSpace, Span<float> continuous, Span<int> discrete, Span<float> memory, ref RandomStream random)
    {
        Observation = observation;
        ActionSpace = actionSpace;
        Continuous = continuous;
        Discrete = discrete;
        Memory = memory;
        _random = ref random;
    }

    /// <summary>What the agent sees, in the order of its observation labels.</summary>
    public ReadOnlySpan<float> Observation { get; }

    /// <summary>What the agent can do.</summary>
    public Space ActionSpace { get; }

    /// <summary>Which categories are allowed, heads concatenated; empty when the agent has no mask.</summary>
    public ReadOnlySpan<byte> Mask { get; init; }

    /// <summary>Out: the continuous numbers of the action.</summary>
    public Span<float> Continuous { get; }

    /// <summary>Out: the categories of the action, one per head.</summary>
    public Span<int> Discrete { get; }

    /// <summary>What the policy remembers; zeros at the start of an episode.</summary>
    public Span<float> Memory { get; }

    /// <summary>The policy's own random stream of this agent and episode.</summary>
    public ref RandomStream Random => ref _random;
}

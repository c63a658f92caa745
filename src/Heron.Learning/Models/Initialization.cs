using System.Text.Json.Serialization;

namespace Heron.Learning.Models;

/// <summary>How the weights of a new policy are drawn.</summary>
public enum Initialization
{
    /// <summary>
    /// Orthogonal matrices (Saxe et al., 2013) with gain sqrt(2) in hidden layers, 0.01 in the policy head and 1 in the
    /// value head, biases 0: the usual choice for PPO (Huang et al., The 37 implementation details of PPO, 2022).
    /// </summary>
    Orthogonal,

    /// <summary>Weights and biases uniform between -1/sqrt(inputs) and +1/sqrt(inputs), what RLlib's modules start from.</summary>
    [JsonStringEnumMemberName("rllib")]
    RLlib,
}

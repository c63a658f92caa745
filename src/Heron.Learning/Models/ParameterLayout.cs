namespace Heron.Learning.Models;

/// <summary>Where each tensor of a policy stands in one flat array, under the names that RLlib's default module gives it.</summary>
/// <remarks>Order: encoder(s), <c>pi</c>, <c>vf</c>, and <c>pi.log_std</c> last. A matrix is row-major, shape (outputs, inputs).</remarks>
public sealed class ParameterLayout
{
    private readonly List<ParameterTensor> _tensors = [];

    /// <summary>Lays out the parameters of <paramref name="spec"/>.</summary>
    /// <param name="spec">The policy's description.</param>
    /// <exception cref="ArgumentException">Actor and critic are to share layers but see different observations.</exception>
    public ParameterLayout(PolicySpec spec)
    {
        if (spec.SharedLayers && spec.HasCentralizedCritic)
        {
            throw new ArgumentException("Actor and critic cannot share layers when the critic has observations of its own; use SharedLayers = false.", nameof(spec));
        }

        int actorWidth;
        int criticWidth;
        if (spec.SharedLayers)
        {
            actorWidth = criticWidth = AddEncoder("encoder.encoder", spec.ObservationLength, spec.HiddenSizes, ParameterRole.SharedEncoder);
        }
        else
        {
            actorWidth = AddEncoder("encoder.actor_encoder", spec.ObservationLength, spec.HiddenSizes, ParameterRole.ActorEncoder);
            criticWidth = AddEncoder("encoder.critic_encoder", spec.CriticObservationLength, spec.HiddenSizes, ParameterRole.CriticEncoder);
        }

        AddLayer("pi.net.mlp.0", actorWidth, spec.PolicyOutputLength, ParameterRole.PolicyHead);
        AddLayer("vf.net.mlp.0", criticWidth, 1, ParameterRole.ValueHead);
        if (spec.FreeLogStd && spec.ActionSpace.ContinuousLength > 0)
        {
            Add("pi.log_std", spec.ActionSpace.ContinuousLength, 0, ParameterRole.LogStd);
        }
    }

    /// <summary>The tensors in the order in which they lie.</summary>
    public IReadOnlyList<ParameterTensor> Tensors => _tensors;

    /// <summary>Numbers in all tensors together.</summary>
    public int Length { get; private set; }

    /// <summary>The tensor of a name.</summary>
    /// <param name="name">RLlib's name.</param>
    /// <exception cref="ArgumentException">This policy has no tensor of that name.</exception>
    public ParameterTensor this[string name]
    {
        get
        {
            int index = _tensors.FindIndex(tensor => tensor.Name == name);
            return index >= 0
                ? _tensors[index]
                : throw new ArgumentException($"The policy has no tensor '{name}'; it has {string.Join(", ", _tensors.Select(tensor => tensor.Name))}.", nameof(name));
        }
    }

    // RLlib numbers linear layers and the activations between them alike, hence 0, 2, 4.
    private int AddEncoder(string prefix, int inputs, IReadOnlyList<int> hiddenSizes, ParameterRole role)
    {
        for (int layer = 0; layer < hiddenSizes.Count; layer++)
        {
            AddLayer($"{prefix}.net.mlp.{2 * layer}", inputs, hiddenSizes[layer], role);
            inputs = hiddenSizes[layer];
        }

        return inputs;
    }

    private void AddLayer(string prefix, int inputs, int outputs, ParameterRole role)
    {
        Add(prefix + ".weight", outputs, inputs, role);
        Add(prefix + ".bias", outputs, 0, role);
    }

    private void Add(string name, int outputs, int inputs, ParameterRole role)
    {
        var tensor = new ParameterTensor(name, Length, outputs, inputs, role);
        _tensors.Add(tensor);
        Length += tensor.Length;
    }
}

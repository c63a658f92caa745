namespace Heron.Core.Environments;

/// <summary>An entry of the catalogue: an environment whose parameters are still open.</summary>
public abstract class EnvironmentDefinition
{
    private protected EnvironmentDefinition(string id, EnvironmentCard card)
    {
        Id = id;
        Card = card ?? throw new ArgumentNullException(nameof(card), $"{id} has no card. A static property that is written further down has no value yet; write it above the definition.");
    }

    /// <summary>Public name with version, for example <c>SimpleMicrogrids-v0</c>.</summary>
    public string Id { get; }

    /// <summary>What a user wants to know.</summary>
    public EnvironmentCard Card { get; }

    /// <summary>Parameters with types, defaults and ranges, in declaration order.</summary>
    public abstract IReadOnlyList<EnvironmentParameter> Parameters { get; }

    /// <summary>Settles the parameters.</summary>
    /// <param name="values">Values by name: bool, int, double, string, a sequence of these, or an object with values by name; those not named keep their defaults.</param>
    /// <exception cref="ArgumentException">Unknown name, wrong type or out of range; the message names parameter, value and what is allowed.</exception>
    public abstract EnvironmentFactory Configure(IReadOnlyDictionary<string, object>? values = null);
}

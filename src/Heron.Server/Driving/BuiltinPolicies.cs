using Heron.Core.Environments;
using Heron.Core.Policies;
using Heron.Server.Sessions;

namespace Heron.Server.Driving;

/// <summary>Puts policies that need no checkpoint to use.</summary>
internal static class BuiltinPolicies
{
    /// <summary>Makes a source of actions.</summary>
    /// <param name="policy">Who decides.</param>
    /// <param name="environment">The environment as the policy is to see it.</param>
    /// <exception cref="InvalidRequestException">The environment brings no rules.</exception>
    public static IActionSource CreateFor(this BuiltinPolicy policy, EnvironmentFactory environment) => policy switch
    {
        BuiltinPolicy.Random => new RandomActions(),
        BuiltinPolicy.Neutral => new NeutralActions(),
        BuiltinPolicy.Rules => environment.Rules.Count > 0
            ? new PolicyActions(environment.Rules)
            : throw new InvalidRequestException($"{environment.Spec.Id} brings no rules for the agents that are asked; choose random or neutral actions, or a checkpoint."),
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, "There is no such policy."),
    };
}

namespace Heron.Core.Policies;

/// <summary>Chooses an action by a rule.</summary>
/// <param name="context">The observation, and where the action belongs.</param>
/// <returns>False to choose none.</returns>
public delegate bool DecisionRule(in PolicyContext context);

namespace Heron.Core.Environments;

/// <summary>An action that no environment can carry out: a number that is not finite, or a category that its head does not have.</summary>
/// <param name="Copy">Index of the copy.</param>
/// <param name="AgentId">The agent, which had to act.</param>
/// <param name="Index">Place in the agent's flat action: continuous numbers first, then one per discrete head.</param>
/// <param name="Value">What was given, as text.</param>
/// <param name="Allowed">What is allowed there, as text.</param>
public sealed record ActionViolation(int Copy, string AgentId, int Index, string Value, string Allowed)
{
    /// <summary>One sentence that says all of it.</summary>
    public string Message => $"Action of agent '{AgentId}' in copy {Copy} is {Value} at index {Index}; it takes {Allowed}.";
}

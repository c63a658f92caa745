namespace Heron.Server.Driving;

/// <summary>What an episode was like for one agent.</summary>
/// <param name="AgentId">Its id.</param>
/// <param name="Return">Sum of its rewards.</param>
/// <param name="IsTerminated">Whether its episode ended by the rules of the task.</param>
/// <param name="IsTruncated">Whether it was cut off.</param>
internal sealed record AgentReport(string AgentId, double Return, bool IsTerminated, bool IsTruncated);

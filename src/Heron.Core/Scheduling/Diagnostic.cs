namespace Heron.Core.Scheduling;

/// <summary>Something that is probably not meant, found after a run.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="AgentId">The agent concerned; null for the environment.</param>
/// <param name="Message">In words, with what to do.</param>
public sealed record Diagnostic(DiagnosticKind Kind, string? AgentId, string Message);

namespace Heron.Learning.Training;

/// <summary>What a run has done so far.</summary>
/// <param name="Iterations">Iterations.</param>
/// <param name="EnvironmentSteps">Environment steps sampled.</param>
/// <param name="AgentSteps">Actions that agents took.</param>
/// <param name="Episodes">Episodes that ended.</param>
public readonly record struct TrainingProgress(int Iterations, long EnvironmentSteps, long AgentSteps, long Episodes);

using Heron.Learning.Runs;

namespace Heron.Server.Commands;

/// <summary>How a call of heron train ended.</summary>
/// <param name="Run">The run.</param>
/// <param name="IsComplete">False when somebody interrupted it.</param>
/// <param name="CheckpointPath">Folder of its last checkpoint.</param>
internal sealed record TrainingEnding(TrainingRun Run, bool IsComplete, string CheckpointPath);

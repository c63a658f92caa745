using Heron.Core.Scheduling;

namespace Heron.Server.Driving;

/// <summary>One kind of episodes of an ablation.</summary>
/// <param name="Timing">The parts of the schedules that counted; null step by step.</param>
/// <param name="Episodes">Its episodes.</param>
/// <param name="Summary">Their means.</param>
/// <param name="GapPercent">Loss of the mean return against step mode, in per cent of the size of that; null when that is 0.</param>
internal sealed record AblationRow(EventTiming? Timing, IReadOnlyList<EpisodeReport> Episodes, EvaluationSummary Summary, double? GapPercent);

using Heron.Core.Environments;
using Heron.Core.Policies;

namespace Heron.Server.Driving;

/// <summary>Plays step by step.</summary>
internal sealed class StepEpisodeRun(EpisodePlan plan, IActionSource source) : EpisodeRun(plan.Environment.Spec)
{
    private const AgentFlags Ended = AgentFlags.Terminated | AgentFlags.Truncated;

    private readonly StepDriver _driver = new(plan.Environment, source);
    private readonly bool[] _tookPart = new bool[plan.Environment.Spec.Agents.Count];

    public override double TimeSeconds => _driver.TimeSeconds;

    public override long Steps => _driver.Steps;

    public override ReadOnlySpan<float> Metrics => _driver.Metrics;

    public override ReadOnlySpan<float> LastObservation(int agent) => _driver.Observations[Spec.Layout.Observation(agent)];

    public override float RewardSinceAsked(int agent) => _driver.RewardsSinceAsked[agent];

    public override void Dispose()
    {
        _driver.Dispose();
        base.Dispose();
    }

    protected override void Reset(uint seed)
    {
        _tookPart.AsSpan().Clear();
        _driver.Reset(seed);
        NoteFlags();
    }

    protected override EpisodeEnd PlayOn(CancellationToken stop)
    {
        bool isTruncated = false;
        while (!_driver.IsOver)
        {
            if (stop.IsCancellationRequested)
            {
                return EpisodeEnd.Stopped;
            }

            if (_driver.Steps >= plan.MaxSteps)
            {
                return EpisodeEnd.MaxSteps;
            }

            try
            {
                _driver.Step();
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return EpisodeEnd.Stopped;
            }

            isTruncated = NoteFlags();
            OnStepped();
        }

        return isTruncated ? EpisodeEnd.Truncated : EpisodeEnd.Terminated;
    }

    protected override bool TakesPart(int agent) => _tookPart[agent];

    protected override double ReturnOf(int agent) => _driver.Returns[agent];

    /// <returns>Whether an agent was cut off in this step.</returns>
    private bool NoteFlags()
    {
        bool isTruncated = false;
        ReadOnlySpan<AgentFlags> flags = _driver.Flags;
        for (int agent = 0; agent < flags.Length; agent++)
        {
            _tookPart[agent] |= flags[agent] != AgentFlags.None;
            if ((flags[agent] & Ended) != 0)
            {
                Note(agent, flags[agent] & Ended);
                isTruncated |= (flags[agent] & AgentFlags.Truncated) != 0;
            }
        }

        return isTruncated;
    }
}

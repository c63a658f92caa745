using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Observations;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Core.Environments;

/// <summary>
/// One step of a HERON environment as a row of named phases: PreStep, Decide, Apply, Simulate, Publish, Share, Observe, Score, Conclude.
/// Shared by all copies; what changes comes in as store, bridge and buffers.
/// </summary>
/// <remarks>
/// Everybody decides before anybody acts: actions are taken over as a whole, then applied from parent to child. The clock
/// moves with Publish, so phases before it see the start of the step and phases after it the end.
/// </remarks>
internal sealed class StepPipeline
{
    internal const AgentFlags InEpisode = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;

    private readonly AgentTree _tree;
    private readonly ActingAgent[] _acting;
    private readonly int[] _applying;
    private readonly int[] _rewarded;
    private readonly (Agent Agent, int Start)[] _reporting;
    private readonly FollowingAgents _following;
    private readonly ObservationTable _observations;
    private readonly DecidePhase _decide;
    private readonly MessageDelivery _delivery;
    private readonly Coordination[] _horizontal;
    private readonly Feature[] _checked;
    private readonly AgentFlags[] _inEpisode;
    private readonly EnvironmentScore? _score;
    private readonly int _scoreMetrics;
    private readonly bool _hasPreStep;
    private readonly Agent[] _resetting;
    private readonly long _maxSteps;
    private readonly bool _endsWithAnyAgent;
    private readonly Feature[] _keepingPrevious;
    private readonly AgentFlags _timeLimit;
    private readonly double _stepSeconds;
    private readonly long _stepNanoseconds;

    public StepPipeline(AgentTree tree, StateLayout state, EnvironmentLayout layout, HeronEnvironmentOptions options, EnvironmentScore? score)
    {
        _tree = tree;
        _acting = [.. tree.Acting.Select((agent, i) => Place(agent, layout.Observation(i), layout.Mask(i)))];
        _applying = IndicesOf(nameof(Agent.Apply));
        _rewarded = IndicesOf(nameof(Agent.Reward));
        _resetting = [.. tree.Agents.Where(agent => agent.Overrides(nameof(Agent.Reset)))];
        _hasPreStep = tree.Root.Overrides(nameof(SystemAgent.PreStep));
        _score = score;
        _scoreMetrics = score?.MetricNames.Count ?? 0;
        _reporting = PlaceMetrics(tree, _scoreMetrics);
        _following = new FollowingAgents(_acting);
        _observations = new ObservationTable(_acting);
        _decide = new DecidePhase(tree, state, _acting);
        _delivery = new MessageDelivery(tree);
        _horizontal = [.. tree.Agents.SelectMany(agent => agent.Coordinations).Where(coordination => coordination.Protocol.Direction == ProtocolDirection.Horizontal)];
        _checked = [.. tree.Agents.SelectMany(agent => agent.Features).Where(feature => feature.HasCheck)];
        _inEpisode = [.. _acting.Select(acting => acting.InEpisode(steps: 0))];
        _maxSteps = options.StepLimit ?? long.MaxValue;
        _endsWithAnyAgent = options.EndRule == EpisodeEndRule.Any;
        HistoryLength = options.HistoryLength;
        _keepingPrevious = [.. tree.Agents.SelectMany(agent => agent.Features).Where(feature => feature.KeepsPrevious)];
        _timeLimit = AgentFlags.Observed | (options.TimeLimitTerminates ? AgentFlags.Terminated : AgentFlags.Truncated);
        _stepSeconds = options.StepSeconds;
        _stepNanoseconds = ScheduleConfig.ToInterval(options.StepSeconds, nameof(options.StepSeconds));
    }

    public AgentTree Tree => _tree;

    public EnvironmentScore? EnvironmentScore => _score;

    public ReadOnlySpan<ActingAgent> Acting => _acting;

    public long StepNanoseconds => _stepNanoseconds;

    public MessageDelivery Delivery => _delivery;

    public ObservationTable Observations => _observations;

    public int HistoryLength { get; }

    public void Reset(StateStore store, uint seed, in StepBuffers buffers)
    {
        Start(store, seed);
        _inEpisode.CopyTo(buffers.Flags);
        Share(store);
        Observe(store, buffers);
        Score(store, buffers);
        buffers.Rewards.Clear();
        Conclude(store, buffers);
        Remember(store);
    }

    /// <summary>Initial values, then what agents make of them.</summary>
    public void Start(StateStore store, uint seed)
    {
        store.Start(seed);
        store.History?.Clear();
        foreach (Agent agent in _resetting)
        {
            agent.Reset(new AgentContext(store, agent));
        }

        CheckFeatures(store);
        _decide.Reset(store);
    }

    /// <summary>Holds features that have a check within their limits; called whenever somebody may have written.</summary>
    public void CheckFeatures(StateStore store)
    {
        foreach (Feature feature in _checked)
        {
            feature.Check(store);
        }
    }

    public void Step(StateStore store, ISimulationBridge? bridge, in StepBuffers buffers)
    {
        PreStep(store);
        Decide(store, buffers);
        Apply(store, buffers);
        Simulate(store, bridge);
        Publish(store, bridge);
        Share(store);
        Observe(store, buffers);
        Score(store, buffers);
        Conclude(store, buffers);
        Remember(store);
    }

    /// <summary>The system agent brings in what the world does in this step.</summary>
    public void PreStep(StateStore store)
    {
        if (_hasPreStep)
        {
            _tree.Root.PreStep(new AgentContext(store, _tree.Root));
            CheckFeatures(store);
        }
    }

    /// <summary>Puts an action of every agent in force; see <see cref="DecidePhase"/>.</summary>
    public void Decide(StateStore store, in StepBuffers buffers) => _decide.Run(store, buffers);

    /// <summary>Each agent's action works on its own state, parents before children.</summary>
    public void Apply(StateStore store, in StepBuffers buffers)
    {
        foreach (int i in _applying)
        {
            Agent agent = _acting[i].Agent;
            if ((buffers.Flags[i] & AgentFlags.Alive) != 0 && agent.ActsAfter(store.Clock.Step) && !IsSkipped(store, agent))
            {
                agent.Apply(new AgentContext(store, agent));
            }
        }

        CheckFeatures(store);
    }

    /// <summary>State out, and one step of the simulation.</summary>
    public void Simulate(StateStore store, ISimulationBridge? bridge)
    {
        if (bridge is not null)
        {
            var context = new SimulationContext(store, _stepSeconds);
            bridge.ReadState(context);
            bridge.Simulate(context);
        }
    }

    /// <summary>Results in; the clock moves to the end of the step.</summary>
    public void Publish(StateStore store, ISimulationBridge? bridge)
    {
        bridge?.WriteResults(new SimulationContext(store, _stepSeconds));
        CheckFeatures(store);
        ref EpisodeClock clock = ref store.Clock;
        clock.Step++;

        // The clock stands still at its last moment, rather than starting over before the reset.
        clock.Nanoseconds += Math.Min(_stepNanoseconds, long.MaxValue - clock.Nanoseconds);
    }

    /// <summary>Messages that are due arrive, and protocols between equals run on the new state, so that the observations hold both. What has become of it is kept, if anything is.</summary>
    public void Share(StateStore store)
    {
        _delivery.Deliver(store);
        CheckFeatures(store);
        foreach (Coordination coordination in _horizontal)
        {
            coordination.Run(store, hasDecision: false, delayNanoseconds: 0);
        }

        store.History?.Record(store);
    }

    /// <summary>Observations of the agents that were in this step; the others keep their last.</summary>
    public void Observe(StateStore store, in StepBuffers buffers)
    {
        if (buffers.Flags.AllAlive())
        {
            _observations.ObserveAll(store, buffers.Observations);
            return;
        }

        for (int i = 0; i < _acting.Length; i++)
        {
            if ((buffers.Flags[i] & AgentFlags.Alive) != 0)
            {
                ref readonly ActingAgent acting = ref _acting[i];
                _observations.Observe(store, i, buffers.Observations.Slice(acting.ObservationStart, acting.ObservationLength));
            }
        }
    }

    /// <summary>Each agent's own reward, then the environment's score, then metrics.</summary>
    public void Score(StateStore store, in StepBuffers buffers)
    {
        Span<float> rewards = buffers.Rewards;
        rewards.Clear();
        foreach (int i in _rewarded)
        {
            if ((buffers.Flags[i] & AgentFlags.Alive) != 0)
            {
                Agent agent = _acting[i].Agent;
                rewards[i] = (float)agent.Reward(new AgentView(store, agent));
            }
        }

        _score?.Score(new ScoreContext(store, buffers.Flags, rewards, buffers.Metrics[.._scoreMetrics]));
        foreach ((Agent agent, int start) in _reporting)
        {
            agent.WriteMetrics(new AgentView(store, agent), buffers.Metrics.Slice(start, agent.MetricNames.Count));
        }
    }

    /// <summary>Who goes on, with masks for the next action; agents that were gone before have no reward and no flag.</summary>
    public void Conclude(StateStore store, in StepBuffers buffers) => Conclude(store, buffers, timeIsUp: store.Clock.Step >= _maxSteps, withMasks: true);

    /// <summary>The same with the caller's word on the time limit; masks on request, because event-driven agents get theirs with the observation.</summary>
    public void Conclude(StateStore store, in StepBuffers buffers, bool timeIsUp, bool withMasks)
    {
        Span<AgentFlags> flags = buffers.Flags;
        bool someoneEnded = false;
        for (int i = 0; i < _acting.Length; i++)
        {
            if ((flags[i] & AgentFlags.Alive) == 0)
            {
                flags[i] = AgentFlags.None;
                buffers.Rewards[i] = 0;
                continue;
            }

            ref readonly ActingAgent acting = ref _acting[i];
            var view = new AgentView(store, acting.Agent);
            flags[i] = FlagsAfter(acting, view, timeIsUp);
            someoneEnded |= (flags[i] & AgentFlags.Alive) == 0;
            if (withMasks && acting.MaskLength > 0 && flags[i] == InEpisode)
            {
                acting.Agent.WriteActionMask(view, buffers.Masks.Slice(acting.MaskStart, acting.MaskLength));
            }
        }

        _following.End(flags);
        if (_endsWithAnyAgent && someoneEnded)
        {
            EndAll(flags);
        }
    }

    /// <summary>Features that keep their value at the last rewards take it over.</summary>
    public void Remember(StateStore store)
    {
        foreach (Feature feature in _keepingPrevious)
        {
            store.Block.Slice(feature.Offset, feature.ByteCount).CopyTo(store.Block[feature.PreviousOffset..]);
        }
    }

    // The first end is everybody's: by the rules of the task if anyone ended by them.
    private static void EndAll(Span<AgentFlags> flags)
    {
        const AgentFlags Terminated = AgentFlags.Observed | AgentFlags.Terminated;
        AgentFlags end = flags.Contains(Terminated) ? Terminated : AgentFlags.Observed | AgentFlags.Truncated;
        foreach (ref AgentFlags agent in flags)
        {
            agent = (agent & AgentFlags.Alive) != 0 ? end : agent;
        }
    }

    private AgentFlags FlagsAfter(in ActingAgent acting, in AgentView view, bool timeIsUp)
    {
        // The rules of the task come first: an agent that ended by them was not cut off.
        if (acting.CanTerminate && acting.Agent.IsTerminated(view))
        {
            return AgentFlags.Observed | AgentFlags.Terminated;
        }

        if (acting.CanTruncate && acting.Agent.IsTruncated(view))
        {
            return AgentFlags.Observed | AgentFlags.Truncated;
        }

        return timeIsUp ? _timeLimit : acting.InEpisode(view.Step);
    }

    private static bool IsSkipped(StateStore store, Agent agent) =>
        agent.WhenIdle == IdleBehavior.Skip && !agent.IsAsked && store.Decision(agent).HasDecided == 0;

    private static ActingAgent Place(Agent agent, Range observation, Range mask) => new(
        agent,
        observation.Start.Value,
        observation.End.Value - observation.Start.Value,
        mask.Start.Value,
        mask.End.Value - mask.Start.Value);

    private int[] IndicesOf(string hook) =>
        [.. Enumerable.Range(0, _acting.Length).Where(i => _acting[i].Agent.Overrides(hook))];

    private static (Agent Agent, int Start)[] PlaceMetrics(AgentTree tree, int start)
    {
        var placed = new List<(Agent, int)>();
        foreach (Agent agent in tree.Agents.Where(agent => agent.MetricNames.Count > 0))
        {
            placed.Add((agent, start));
            start += agent.MetricNames.Count;
        }

        return [.. placed];
    }
}

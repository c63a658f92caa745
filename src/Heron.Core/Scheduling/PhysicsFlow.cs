using System.Runtime.CompilerServices;
using Heron.Core.Environments;

namespace Heron.Core.Scheduling;

/// <summary>The physics by its fixed clock, and the rewards that follow from each run: judged at once, told from the leaves up.</summary>
internal sealed class PhysicsFlow
{
    private readonly EventRun _run;
    private readonly EventPlan _plan;
    private readonly KnownState _known;
    private readonly AgentFlow _agents;
    private readonly DecisionDesk _desk;
    private readonly CoordinationFlow _coordination;
    private readonly ISimulationBridge? _bridge;
    private readonly RowPool _cycles;
    private readonly int _rewardsAt = RowPool.Align(Unsafe.SizeOf<CycleHead>());
    private readonly int _pairsAt;
    private readonly int _pendingAt;
    private readonly int _flagsAt;
    private readonly int _count;
    private readonly int _root;

    public PhysicsFlow(EventRun run, KnownState known, AgentFlow agents, DecisionDesk desk, CoordinationFlow coordination, ISimulationBridge? bridge)
    {
        _coordination = coordination;
        _run = run;
        _plan = run.Plan;
        _known = known;
        _agents = agents;
        _desk = desk;
        _bridge = bridge;
        _count = run.Flags.Length;
        _root = _plan.State.Tree.Root.Index;
        _pairsAt = _rewardsAt + (_count * sizeof(float));
        _pendingAt = _pairsAt + (_count * sizeof(int));
        _flagsAt = _pendingAt + (_plan.Agents.Length * sizeof(int));
        _cycles = new RowPool(_flagsAt + _count);
        Metrics = new float[_plan.Spec.MetricNames.Count];
    }

    /// <summary>Simulated time of the first run.</summary>
    public long First { get; set; }

    public IEventObserver? Observer { get; set; }

    /// <summary>Metrics after the last run.</summary>
    public float[] Metrics { get; }

    public void Start()
    {
        _cycles.Clear();
        Metrics.AsSpan().Clear();
        _run.Schedule(0, EventPriority.StateChange, EventKind.AgentTick, _root);
    }

    /// <summary>The system agent wakes up: it brings in what the world does until the next run, and sets the time of that run.</summary>
    public void OnSystemTick()
    {
        _plan.Pipeline.PreStep(_run.Plant);
        bool isFirst = _run.Plant.Clock.Step == 0 && _run.Now == 0;
        if (isFirst)
        {
            _coordination.RunHorizontal();
            _agents.StartClocks();
        }

        _run.Schedule(isFirst ? First : _run.Delays.Draw(_root, Duration.Tick), EventPriority.Physics, EventKind.Simulation, _root);

        // A system agent that acts or coordinates is due once for each run.
        if (_plan.ActingIndex[_root] >= 0 || _plan.Coordinates[_root])
        {
            _agents.Tick(_root, EventOrigin.Caller, decision: -1);
        }
    }

    /// <summary>Runs the physics at one instant: state out, one step, results in. Only a run by the clock counts as a step and is rewarded.</summary>
    public void OnSimulation(EventOrigin origin)
    {
        Simulate();
        _known.PublishAll();
        if (origin == EventOrigin.Periodic)
        {
            _coordination.RunHorizontal();
            Reward();
            _run.Schedule(0, EventPriority.StateChange, EventKind.AgentTick, _root);
        }
        else
        {
            _run.Plant.Clock.Step--;
        }

        _run.Statistics.CountPhysics(origin);
    }

    /// <summary>An agent learns that the physics ran. A coordinator passes it on and waits for those below.</summary>
    public void OnPhysicsCompleted(int agent, int cycle)
    {
        int waitingFor = 0;
        foreach (int child in _plan.ReactiveChildren[agent])
        {
            if (TakesPart(child, cycle))
            {
                waitingFor++;
                SendAbout(cycle, agent, DeliveryKind.PhysicsCompleted, child);
            }
        }

        Pending(cycle)[agent] = waitingFor;
        if (waitingFor == 0)
        {
            GiveReward(agent, cycle);
        }

        Dereference(cycle);
    }

    /// <summary>A coordinator learns that an agent below has its reward; after the last one comes its own.</summary>
    public void OnChildRewarded(int coordinator, int cycle)
    {
        if (--Pending(cycle)[coordinator] == 0)
        {
            GiveReward(coordinator, cycle);
        }

        Dereference(cycle);
    }

    /// <summary>Reward and flags of an agent arrive where they are kept.</summary>
    public void OnTickResult(int agent, int cycle)
    {
        int acting = _plan.ActingIndex[agent];
        AgentFlags flags = FlagsOf(cycle)[acting];
        var record = new RewardRecord(
            acting,
            _run.Now / 1e9,
            _cycles.Head<CycleHead>(cycle).PhysicsAt / 1e9,
            Rewards(cycle)[acting],
            Pairs(cycle)[acting],
            (flags & AgentFlags.Terminated) != 0,
            (flags & AgentFlags.Truncated) != 0);
        _run.Statistics.Add(record);
        Observer?.OnReward(record);
        Dereference(cycle);
    }

    public int ByteCount => StateWriter.BytesOf<float>(Metrics.Length) + _cycles.ByteCount;

    public void Save(ref StateWriter writer)
    {
        writer.WriteAll<float>(Metrics);
        _cycles.Save(ref writer);
    }

    public void Load(ref StateReader reader)
    {
        reader.ReadAll<float>(Metrics);
        _cycles.Load(ref reader);
    }

    private void Simulate()
    {
        // The bridge knows the start of its step, as in step mode; everybody else the instant.
        _run.Plant.Clock.Nanoseconds = Math.Max(0, _run.Now - _plan.Pipeline.StepNanoseconds);
        _plan.Pipeline.Simulate(_run.Plant, _bridge);
        _plan.Pipeline.Publish(_run.Plant, _bridge);
        _run.Plant.Clock.Nanoseconds = _run.Now;
    }

    // Judged now, on the state as of this run, for all together: what is told later is about this moment.
    private void Reward()
    {
        int cycle = _cycles.Take();
        _cycles.Row(cycle).Clear();
        _cycles.Head<CycleHead>(cycle).PhysicsAt = _run.Now;
        var buffers = new StepBuffers
        {
            Layout = _plan.Spec.Layout,
            ContinuousActions = [],
            DiscreteActions = [],
            Observations = [],
            Rewards = Rewards(cycle),
            Flags = _run.Flags,
            Masks = [],
            Metrics = Metrics,
        };
        _plan.Pipeline.Score(_run.Plant, buffers);
        _plan.Pipeline.Conclude(_run.Plant, buffers, timeIsUp: false, withMasks: false);
        _plan.Pipeline.Remember(_run.Plant);
        _run.Flags.CopyTo(FlagsOf(cycle));
        for (int acting = 0; acting < _count; acting++)
        {
            Pairs(cycle)[acting] = _agents.TakeLanded(acting);
        }

        // Held until all have been told, in case nobody is.
        _cycles.Head<CycleHead>(cycle).References++;
        foreach (int agent in _plan.Notified)
        {
            if (TakesPart(agent, cycle))
            {
                SendAbout(cycle, _root, DeliveryKind.PhysicsCompleted, agent);
            }
        }

        Dereference(cycle);
    }

    private void GiveReward(int agent, int cycle)
    {
        int acting = _plan.ActingIndex[agent];
        if (acting >= 0 && FlagsOf(cycle)[acting] != AgentFlags.None)
        {
            _desk.AddReward(acting, Rewards(cycle)[acting]);
            if ((FlagsOf(cycle)[acting] & AgentFlags.Alive) == 0)
            {
                _agents.End(acting, agent);
            }

            SendAbout(cycle, agent, DeliveryKind.TickResult, agent);
        }

        if (_plan.Coordinator[agent] >= 0)
        {
            SendAbout(cycle, agent, DeliveryKind.ChildRewarded, _plan.Coordinator[agent]);
        }
    }

    // Who was in the episode when the physics ran: the last run tells who ended in it, later ones leave them out. A coordinator also for those below.
    private bool TakesPart(int agent, int cycle)
    {
        int acting = _plan.ActingIndex[agent];
        if (acting >= 0 && FlagsOf(cycle)[acting] != AgentFlags.None)
        {
            return true;
        }

        foreach (int child in _plan.ReactiveChildren[agent])
        {
            if (TakesPart(child, cycle))
            {
                return true;
            }
        }

        return false;
    }

    private void SendAbout(int cycle, int sender, DeliveryKind message, int recipient)
    {
        _cycles.Head<CycleHead>(cycle).References++;
        _run.Send(sender, message, recipient, cycle);
    }

    private void Dereference(int cycle)
    {
        if (--_cycles.Head<CycleHead>(cycle).References == 0)
        {
            _cycles.Free(cycle);
        }
    }

    private Span<float> Rewards(int cycle) => _cycles.Slice<float>(cycle, _rewardsAt, _count);

    private Span<int> Pairs(int cycle) => _cycles.Slice<int>(cycle, _pairsAt, _count);

    private Span<int> Pending(int cycle) => _cycles.Slice<int>(cycle, _pendingAt, _plan.Agents.Length);

    private Span<AgentFlags> FlagsOf(int cycle) => _cycles.Slice<AgentFlags>(cycle, _flagsAt, _count);
}

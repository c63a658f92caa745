using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Core.Scheduling;

/// <summary>The condition monitors of one copy and when each fired last.</summary>
internal sealed class ConditionBoard(EventRun run, AgentFlow agents)
{
    private readonly List<ConditionMonitor> _monitors = [];
    private readonly List<int> _woken = [];

    // Never shortened, so that a trigger under way keeps its name when monitors are taken out.
    private readonly List<string> _names = [];
    private readonly List<int> _nameOf = [];
    private Standing[] _standings = new Standing[4];

    /// <summary>The id of a monitor that fired, also when it has been taken out since.</summary>
    /// <param name="source">What the event says about it.</param>
    public string? NameOf(int source) => (uint)source < (uint)_names.Count ? _names[source] : null;

    /// <summary>Tells boards apart whose saved states do not fit each other.</summary>
    public ulong Hash { get; private set; } = HashOf([]);

    public IEnumerable<string> Ids => _monitors.Select(monitor => monitor.Id);

    public void Add(ConditionMonitor monitor)
    {
        monitor.CheckAgainst(run.Plan.State.Tree);
        if (_monitors.Exists(other => other.Id == monitor.Id))
        {
            throw new ArgumentException($"{run.Plan.Spec.Id} already has a condition '{monitor.Id}'; give each an id of its own.", nameof(monitor));
        }

        if (_monitors.Count == _standings.Length)
        {
            Array.Resize(ref _standings, 2 * _monitors.Count);
        }

        _standings[_monitors.Count] = default;
        _monitors.Add(monitor);
        int name = _names.IndexOf(monitor.Id);
        _nameOf.Add(name < 0 ? _names.Count : name);
        if (name < 0)
        {
            _names.Add(monitor.Id);
        }

        _woken.Add(Array.FindIndex(run.Plan.Agents, agent => agent.Id == monitor.AgentId));
        Hash = HashOf(_monitors);
    }

    public bool Remove(string id)
    {
        int index = _monitors.FindIndex(monitor => monitor.Id == id);
        if (index < 0)
        {
            return false;
        }

        _monitors.RemoveAt(index);
        _woken.RemoveAt(index);
        _nameOf.RemoveAt(index);
        _standings.AsSpan(index + 1).CopyTo(_standings.AsSpan(index));
        Hash = HashOf(_monitors);
        return true;
    }

    public void Start() => _standings.AsSpan().Clear();

    /// <summary>Looks at the state as it is, monitor by monitor in the order added.</summary>
    public void Evaluate()
    {
        for (int i = 0; i < _monitors.Count; i++)
        {
            ConditionMonitor monitor = _monitors[i];
            ref Standing standing = ref _standings[i];
            if (standing.IsSpent)
            {
                continue;
            }

            bool held = standing.Held;
            standing.Held = monitor.Predicate(new StateView(run.Plant));
            bool isRested = !standing.HasFired || run.Now - standing.FiredAt >= monitor.CooldownNanoseconds;
            if (standing.Held && isRested && !(held && monitor.Triggering == ConditionTriggering.Edge))
            {
                Fire(monitor, ref standing, _woken[i], _nameOf[i]);
            }
        }
    }

    public int ByteCount => StateWriter.BytesOf<Standing>(_monitors.Count);

    public void Save(ref StateWriter writer) => writer.WriteAll<Standing>(_standings.AsSpan(0, _monitors.Count));

    public void Load(ref StateReader reader) => reader.ReadAll(_standings.AsSpan(0, _monitors.Count));

    private static ulong HashOf(List<ConditionMonitor> monitors)
    {
        var hash = default(StateHash);
        foreach (ConditionMonitor monitor in monitors)
        {
            hash.Add(monitor.Id);
            hash.Add(monitor.AgentId);
        }

        return hash.ToUInt64();
    }

    private void Fire(ConditionMonitor monitor, ref Standing standing, int agent, int name)
    {
        standing.HasFired = true;
        standing.FiredAt = run.Now;
        standing.IsSpent = monitor.OneShot;
        if (monitor.PreemptsNextTick)
        {
            agents.Preempt(agent);
        }

        run.Schedule(0, EventPriority.Message, EventKind.ConditionTrigger, agent, EventOrigin.Condition, source: name);
    }

    private struct Standing
    {
        public long FiredAt;
        public bool HasFired;
        public bool IsSpent;
        public bool Held;
    }
}

using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Core.Scheduling;

/// <summary>The condition monitors of one copy and when each fired last.</summary>
internal sealed class ConditionBoard(EventRun run, AgentFlow agents)
{
    private readonly List<ConditionMonitor> _monitors = [];
    private readonly List<int> _woken = [];
    private Standing[] _standings = new Standing[4];

    /// <summary>The id of a monitor that fired; null when it has been taken out since.</summary>
    public string? NameOf(int index) => index < _monitors.Count ? _monitors[index].Id : null;

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
        _woken.Add(Array.FindIndex(run.Plan.Agents, agent => agent.Id == monitor.AgentId));
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
        _standings.AsSpan(index + 1).CopyTo(_standings.AsSpan(index));
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
                Fire(monitor, ref standing, _woken[i], i);
            }
        }
    }

    public int ByteCount => sizeof(int) + StateWriter.BytesOf<Standing>(_monitors.Count);

    public void Save(ref StateWriter writer)
    {
        writer.Write(_monitors.Count);
        writer.WriteAll<Standing>(_standings.AsSpan(0, _monitors.Count));
    }

    public void Load(ref StateReader reader)
    {
        int saved = reader.ReadInt32();
        if (saved != _monitors.Count)
        {
            throw new ArgumentException($"The state was saved with {saved} conditions; this {run.Plan.Spec.Id} has {_monitors.Count}. Add the same ones first.");
        }

        reader.ReadAll(_standings.AsSpan(0, saved));
    }

    private void Fire(ConditionMonitor monitor, ref Standing standing, int agent, int index)
    {
        standing.HasFired = true;
        standing.FiredAt = run.Now;
        standing.IsSpent = monitor.OneShot;
        if (monitor.PreemptsNextTick)
        {
            agents.Preempt(agent);
        }

        run.Schedule(0, EventPriority.Message, EventKind.ConditionTrigger, agent, EventOrigin.Condition, source: index);
    }

    private struct Standing
    {
        public long FiredAt;
        public bool HasFired;
        public bool IsSpent;
        public bool Held;
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;

namespace Heron.Core.Observations;

/// <summary>
/// The default observations of all acting agents in one table, so that observing walks over one stretch of memory instead of
/// over the agents' objects. Agents that override <see cref="Agent.Observe"/> are called.
/// </summary>
internal sealed class ObservationTable
{
    private readonly ActingAgent[] _acting;
    private readonly Entry[] _entries;
    private readonly GatherRun[] _runs;
    private readonly (int Start, GatherRun Run)[] _together;
    private readonly int[] _called;

    public ObservationTable(ActingAgent[] acting)
    {
        _acting = acting;
        _entries = new Entry[acting.Length];
        _called = [.. Enumerable.Range(0, acting.Length).Where(i => acting[i].Agent.Overrides(nameof(Agent.Observe)))];
        var runs = new List<GatherRun>();
        foreach (int i in Enumerable.Range(0, acting.Length).Except(_called))
        {
            GatherPlan plan = acting[i].Agent.DefaultObservation;
            runs.AddRange(plan.OwnRuns);
            int others = runs.Count;
            runs.AddRange(plan.OthersRuns);
            _entries[i] = new Entry { IsGathered = true, Start = others - plan.OwnRuns.Length, Others = others, End = runs.Count };
        }

        _runs = [.. runs];
        _together = [.. Merge()];
    }

    /// <summary>Whether an agent's observation is the default one.</summary>
    public bool IsGathered(int acting) => _entries[acting].IsGathered;

    /// <summary>Writes the observations of all agents.</summary>
    public void ObserveAll(StateStore store, Span<float> observations)
    {
        foreach (ref readonly (int Start, GatherRun Run) run in _together.AsSpan())
        {
            run.Run.Copy(store, observations.Slice(run.Start, run.Run.Count));
        }

        foreach (int i in _called)
        {
            ref readonly ActingAgent acting = ref _acting[i];
            acting.Agent.Observe(new AgentView(store, acting.Agent), observations.Slice(acting.ObservationStart, acting.ObservationLength));
        }
    }

    /// <summary>Writes the observation of one agent.</summary>
    public void Observe(StateStore store, int acting, Span<float> observation)
    {
        ref readonly Entry entry = ref _entries[acting];
        if (entry.IsGathered)
        {
            GatherRun.CopyAll(store, _runs.AsSpan(entry.Start, entry.End - entry.Start), observation);
            return;
        }

        Agent agent = _acting[acting].Agent;
        agent.Observe(new AgentView(store, agent), observation);
    }

    /// <summary>Writes the default observation of one agent, its own part from one store and the others' from another.</summary>
    public void Gather(StateStore own, StateStore others, int acting, Span<float> observation)
    {
        ref readonly Entry entry = ref _entries[acting];
        int next = GatherRun.CopyAll(own, _runs.AsSpan(entry.Start, entry.Others - entry.Start), observation);
        GatherRun.CopyAll(others, _runs.AsSpan(entry.Others, entry.End - entry.Others), observation[next..]);
    }

    // What is side by side both in the state and in the buffer is one run, across agents too.
    private List<(int Start, GatherRun Run)> Merge()
    {
        var merged = new List<(int Start, GatherRun Run)>();
        var stretch = new List<GatherRun>();
        for (int i = 0; i < _entries.Length; i++)
        {
            int start = _acting[i].ObservationStart;
            foreach (GatherRun run in _runs.AsSpan(_entries[i].Start, _entries[i].End - _entries[i].Start))
            {
                bool follows = merged.Count > 0 && merged[^1].Start + merged[^1].Run.Count == start;
                stretch.Clear();
                if (follows)
                {
                    stretch.Add(merged[^1].Run);
                }

                GatherRun.Append(stretch, run);
                if (follows && stretch.Count == 1)
                {
                    merged[^1] = (merged[^1].Start, stretch[0]);
                }
                else
                {
                    merged.Add((start, run));
                }

                start += run.Count;
            }
        }

        return merged;
    }

    private struct Entry
    {
        public bool IsGathered;
        public int Start;
        public int Others;
        public int End;
    }
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Messaging;

namespace Heron.Core.Scheduling;

/// <summary>The state of the agents as others know it: behind the state as it is by the delays of the messages that carry it.</summary>
/// <remarks>Each agent knows its own state at once. An older state that arrives late never replaces a newer one.</remarks>
internal sealed class KnownState
{
    private const int HeadBytes = sizeof(long);

    private readonly EventRun _run;
    private readonly EventPlan _plan;
    private readonly StateStore _known;
    private readonly long[] _versions;
    private readonly byte[] _aside;
    private readonly RowPool _states;
    private readonly RowPool _results;
    private long _changes;

    public KnownState(EventRun run)
    {
        _run = run;
        _plan = run.Plan;
        _known = new StateStore(_plan.State) { History = run.Plant.History };
        _versions = new long[_plan.Agents.Length];
        int largest = _plan.FeatureRanges.Max(range => range.Length);
        _aside = new byte[largest];
        _states = new RowPool(HeadBytes + largest);
        _results = new RowPool(HeadBytes + _plan.FeatureLength);
    }

    public void Start()
    {
        _states.Clear();
        _results.Clear();
        _versions.AsSpan().Clear();
        _changes = 0;
        _run.Plant.CopyTo(_known);
    }

    /// <summary>An agent has changed its own state, which is held within its limits: after its message delay the others know.</summary>
    public void Publish(int agent)
    {
        foreach (Feature feature in _plan.Checked[agent])
        {
            feature.Check(_run.Plant);
        }

        _run.Plant.History?.Record(_run.Plant);
        _changes++;
        (int start, int length) = _plan.FeatureRanges[agent];
        ReadOnlySpan<byte> features = _run.Plant.Block.Slice(start, length);
        long delay = _run.Delays.Draw(agent, Duration.Message);
        if (delay == 0)
        {
            Take(agent, _changes, features);
            return;
        }

        int row = _states.Take();
        _states.Head<long>(row) = _changes;
        features.CopyTo(_states.Row(row)[HeadBytes..]);
        _run.SendAfter(delay, DeliveryKind.StateVisible, agent, agent, row);
    }

    /// <summary>The message about an agent's state arrives.</summary>
    public void OnStateVisible(int agent, int row)
    {
        Take(agent, _states.Head<long>(row), _states.Row(row).Slice(HeadBytes, _plan.FeatureRanges[agent].Length));
        _states.Free(row);
    }

    /// <summary>The physics or a disturbance has changed everything: after the system agent's message delay the agents know of each other.</summary>
    public void PublishAll()
    {
        _plan.Pipeline.CheckFeatures(_run.Plant);
        _run.Plant.History?.Record(_run.Plant);
        _changes++;
        int root = _plan.State.Tree.Root.Index;
        ReadOnlySpan<byte> features = _run.Plant.Block.Slice(_plan.FeatureStart, _plan.FeatureLength);
        long delay = _run.Delays.Draw(root, Duration.Message);
        if (delay == 0)
        {
            features.CopyTo(_known.Block[_plan.FeatureStart..]);
            _versions.AsSpan().Fill(_changes);
            _run.Statistics.CountStateUpdate();
            return;
        }

        int row = _results.Take();
        _results.Head<long>(row) = _changes;
        features.CopyTo(_results.Row(row)[HeadBytes..]);
        _run.SendAfter(delay, DeliveryKind.ResultsVisible, root, root, row);
    }

    /// <summary>The message about the results arrives.</summary>
    public void OnResultsVisible(int row)
    {
        long version = _results.Head<long>(row);
        ReadOnlySpan<byte> features = _results.Row(row).Slice(HeadBytes, _plan.FeatureLength);
        for (int agent = 0; agent < _versions.Length; agent++)
        {
            (int start, int length) = _plan.FeatureRanges[agent];
            if (length > 0 && version > _versions[agent])
            {
                features.Slice(start - _plan.FeatureStart, length).CopyTo(_known.Block[start..]);
                _versions[agent] = version;
            }
        }

        _results.Free(row);
        _run.Statistics.CountStateUpdate();
    }

    /// <summary>Writes what an agent sees now: its own state as it is, the others' as it knows them.</summary>
    /// <param name="index">Its index in the tree.</param>
    /// <param name="acting">Its index among those that act.</param>
    /// <param name="observation">Receives the numbers.</param>
    /// <param name="mask">Receives its action mask; empty when it has none.</param>
    public void Observe(int index, int acting, Span<float> observation, Span<byte> mask)
    {
        if (!_plan.SeesOthers[index])
        {
            Write(_run.Plant, index, acting, observation, mask);
        }
        else if (mask.IsEmpty && _plan.Pipeline.Observations.IsGathered(acting))
        {
            _plan.Pipeline.Observations.Gather(_run.Plant, _known, acting, observation);
        }
        else
        {
            ObserveMixed(_plan.Agents[index], acting, observation, mask);
        }
    }

    public int ByteCount => sizeof(long) + _plan.State.ByteCount + StateWriter.BytesOf<long>(_versions.Length) + _states.ByteCount + _results.ByteCount;

    public void Save(ref StateWriter writer)
    {
        writer.Write(_changes);
        writer.Write(_known.Block);
        writer.WriteAll<long>(_versions);
        _states.Save(ref writer);
        _results.Save(ref writer);
    }

    public void Load(ref StateReader reader)
    {
        _changes = reader.ReadInt64();
        reader.ReadAll(_known.Block);
        reader.ReadAll<long>(_versions);
        _states.Load(ref reader);
        _results.Load(ref reader);
    }

    // The agent's own code reads one store, which must show both, so the agent's own part changes places for a moment.
    private void ObserveMixed(Agent agent, int acting, Span<float> observation, Span<byte> mask)
    {
        (int start, int length) = _plan.FeatureRanges[agent.Index];
        Span<byte> own = _known.Block.Slice(start, length);
        Span<byte> aside = _aside.AsSpan(0, length);
        own.CopyTo(aside);
        _run.Plant.Block.Slice(start, length).CopyTo(own);
        _run.Plant.ContinuousAction(agent).CopyTo(_known.ContinuousAction(agent));
        _run.Plant.DiscreteAction(agent).CopyTo(_known.DiscreteAction(agent));
        _known.Clock = _run.Plant.Clock;
        foreach (Mailbox mailbox in agent.Mailboxes)
        {
            _run.Plant.Block.Slice(mailbox.Offset, mailbox.Ring.ByteCount).CopyTo(_known.Block[mailbox.Offset..]);
        }

        Write(_known, agent.Index, acting, observation, mask);
        aside.CopyTo(own);
    }

    private void Write(StateStore store, int index, int acting, Span<float> observation, Span<byte> mask)
    {
        _plan.Pipeline.Observations.Observe(store, acting, observation);
        if (mask.Length > 0)
        {
            Agent agent = _plan.Agents[index];
            agent.WriteActionMask(new AgentView(store, agent), mask);
        }
    }

    private void Take(int agent, long version, ReadOnlySpan<byte> features)
    {
        _run.Statistics.CountStateUpdate();
        if (version > _versions[agent])
        {
            features.CopyTo(_known.Block[_plan.FeatureRanges[agent].Start..]);
            _versions[agent] = version;
        }
    }
}

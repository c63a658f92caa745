using System.Runtime.InteropServices;
using Heron.Core.Environments;

namespace Heron.Learning.Rollouts;

/// <summary>Samples with one policy: notes what its agents saw, did and got in all copies.</summary>
internal sealed class PolicyRollout
{
    private readonly EnvironmentLayout _layout;
    private readonly Policy _policy;
    private readonly PolicyActor _actor;
    private readonly CriticView? _criticView;

    // Observations after rows that nothing follows in the batch, whose values are still to be asked for.
    private readonly int[] _endRows;
    private readonly float[] _endObservations;
    private readonly float[] _endValues;
    private int _endCount;

    /// <summary>Makes room for a batch.</summary>
    /// <param name="spec">The environment.</param>
    /// <param name="actor">Acts by the policy.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="criticView">What a centralized critic sees, or null.</param>
    /// <param name="stepsPerCopy">Steps that each copy takes per batch.</param>
    public PolicyRollout(EnvironmentSpec spec, PolicyActor actor, Policy policy, CriticView? criticView, int stepsPerCopy)
    {
        _layout = spec.Layout;
        _actor = actor;
        _policy = policy;
        _criticView = criticView;
        Trajectories = new TrajectoryRows(policy.Spec, actor.SlotCount, stepsPerCopy);
        _endRows = new int[actor.SlotCount];
        _endObservations = new float[actor.SlotCount * policy.Spec.CriticObservationLength];
        _endValues = new float[actor.SlotCount];
    }

    /// <summary>The rows; a batch after <see cref="Finish"/>.</summary>
    public TrajectoryRows Trajectories { get; }

    /// <summary>Who acts.</summary>
    public PolicyActor Actor => _actor;

    /// <summary>Actions taken since <see cref="Begin"/>.</summary>
    public int ActionCount { get; private set; }

    /// <summary>Starts a batch.</summary>
    public void Begin()
    {
        Trajectories.Begin();
        ActionCount = 0;
    }

    /// <summary>Acts for all agents that must.</summary>
    /// <param name="environment">Takes the actions.</param>
    public void Act(VectorEnvironment environment)
    {
        _actor.Act(environment, greedy: false);
        ReadOnlySpan<int> asked = _actor.AskedSlots;
        for (int i = 0; i < asked.Length; i++)
        {
            Record(environment, asked[i], i);
        }

        ActionCount += asked.Length;
    }

    /// <summary>Takes in what came of a step.</summary>
    /// <param name="environment">After the step.</param>
    public void Observe(VectorEnvironment environment)
    {
        for (int slot = 0; slot < Trajectories.SlotCount; slot++)
        {
            if (!Trajectories.IsOpen(slot))
            {
                continue;
            }

            (int copy, _, int agent) = _actor.PlaceOf(slot);
            bool over = IsOver(environment, copy);
            AgentFlags flags = (over ? environment.FinalAgentFlags : environment.AgentFlags).Row(copy)[agent];
            Trajectories.AddReward(slot, environment.Rewards.Row(copy)[agent]);
            if ((flags & AgentFlags.Terminated) != 0)
            {
                Trajectories.Close(slot, RowEnd.Terminated);
            }
            else if ((flags & AgentFlags.Truncated) != 0)
            {
                Trajectories.Close(slot, RowEnd.Truncated);
                NoteEnd(environment, slot, over);
            }
            else if ((flags & AgentFlags.MustAct) != 0)
            {
                Trajectories.Close(slot, RowEnd.None);
            }
        }

        AskForValues();
    }

    /// <summary>Ends the batch: puts rows aside that are not complete, and cuts trajectories that go on.</summary>
    /// <param name="environment">After the last step.</param>
    public void Finish(VectorEnvironment environment)
    {
        Trajectories.CarryOpenRows();
        for (int slot = 0; slot < Trajectories.SlotCount; slot++)
        {
            if (Trajectories.CountOf(slot) == 0 || Trajectories.LastEndOf(slot) != RowEnd.None)
            {
                continue;
            }

            Trajectories.Cut(slot);
            if (Trajectories.IsOpen(slot))
            {
                Trajectories.CarriedCriticObservation(slot).CopyTo(NextEnd(slot));
            }
            else
            {
                NoteEnd(environment, slot, over: false);
            }
        }

        AskForValues();
        Trajectories.Finish();
    }

    /// <summary>Writes random streams and the rows put aside; between two batches.</summary>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes(_actor.Streams.AsSpan()));
        Trajectories.SaveState(writer);
    }

    /// <summary>Takes over what <see cref="SaveState"/> wrote.</summary>
    public void LoadState(BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_actor.Streams.AsSpan()));
        Trajectories.LoadState(reader);
    }

    private static bool IsOver(VectorEnvironment environment, int copy) => (environment.CopyFlags.All[copy] & CopyFlags.Ended) != 0;

    private void Record(VectorEnvironment environment, int slot, int asked)
    {
        int row = Trajectories.Open(slot);
        BatchRows batch = Trajectories.Rows;
        _actor.Observation(asked).CopyTo(batch.Observation(row));
        _actor.Mask(asked).CopyTo(batch.Mask(row));
        batch.SetAct(row, _actor, asked);
        if (_criticView is not null)
        {
            (int copy, int member, _) = _actor.PlaceOf(slot);
            _criticView.Write(member, environment.Observations.Row(copy), environment.AgentFlags.Row(copy), batch.CriticObservation(row));
        }
    }

    /// <summary>Keeps what the critic sees after the last row of a slot.</summary>
    /// <param name="environment">After the step.</param>
    /// <param name="slot">The slot.</param>
    /// <param name="over">Whether the episode ended in the step, and the copy was reset.</param>
    private void NoteEnd(VectorEnvironment environment, int slot, bool over)
    {
        (int copy, int member, int agent) = _actor.PlaceOf(slot);
        ReadOnlySpan<float> observations = (over ? environment.FinalObservations : environment.Observations).Row(copy);
        Span<float> seen = NextEnd(slot);
        if (_criticView is null)
        {
            observations[_layout.Observation(agent)].CopyTo(seen);
        }
        else
        {
            _criticView.Write(member, observations, (over ? environment.FinalAgentFlags : environment.AgentFlags).Row(copy), seen);
        }
    }

    private Span<float> NextEnd(int slot)
    {
        int length = _policy.Spec.CriticObservationLength;
        _endRows[_endCount] = Trajectories.LastRowOf(slot);
        return _endObservations.AsSpan(_endCount++ * length, length);
    }

    private void AskForValues()
    {
        if (_endCount == 0)
        {
            return;
        }

        _policy.Values(_endObservations.AsSpan(0, _endCount * _policy.Spec.CriticObservationLength), _endCount, _endValues);
        for (int i = 0; i < _endCount; i++)
        {
            Trajectories.SetNextValue(_endRows[i], _endValues[i]);
        }

        _endCount = 0;
    }
}

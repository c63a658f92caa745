using Heron.Core.Agents;
using Heron.Core.Protocols;

namespace Heron.Core.Scheduling;

/// <summary>Protocols in event-driven mode: a coordinator that has decided speaks to the agents below and wakes them up, one message delay later.</summary>
internal sealed class CoordinationFlow(EventRun run, DecisionPool decisions)
{
    private readonly EventPlan _plan = run.Plan;

    /// <summary>A coordinator was due: its protocols run, and every agent that waits for it wakes up once.</summary>
    /// <param name="agent">Its index in the tree.</param>
    /// <param name="hasDecided">Whether it has an action to pass on; it is in force already.</param>
    public void Run(int agent, bool hasDecided)
    {
        // One delay for the round, so that messages are there when those they are for wake up.
        long delay = run.Delays.Draw(agent, Duration.Message);
        foreach (Coordination coordination in _plan.Vertical[agent])
        {
            coordination.Run(run.Plant, hasDecided, delay);
        }

        foreach (int child in _plan.ReactiveChildren[agent])
        {
            Wake(agent, child, delay);
        }
    }

    /// <summary>Protocols among equals run on the state as it is.</summary>
    public void RunHorizontal()
    {
        foreach (HorizontalRound round in _plan.Horizontal)
        {
            long delay = run.Delays.Draw(round.Owner, Duration.Message);
            round.Coordination.Run(run.Plant, hasDecision: false, delay);
            foreach (int member in round.Commanded)
            {
                Wake(round.Owner, member, delay);
            }
        }
    }

    private void Wake(int sender, int recipient, long delay)
    {
        Agent agent = _plan.Agents[recipient];
        int row = -1;
        if (agent.DecisionOffset >= 0)
        {
            ref DecisionSlot slot = ref run.Plant.Decision(agent);
            if (slot.IsCommanded != 0)
            {
                slot.IsCommanded = 0;
                row = TakeCommand(agent);
                run.Statistics.CountCommand(sender);
            }
        }

        run.Schedule(delay, EventPriority.StateChange, EventKind.AgentTick, recipient, EventOrigin.Parent, sender, row);
    }

    private int TakeCommand(Agent agent)
    {
        int acting = _plan.ActingIndex[agent.Index];
        int row = decisions.Take();
        decisions.Head(row) = new DecisionHead { FromParent = true };
        run.Plant.CommandedContinuous(agent).CopyTo(decisions.Continuous(row, acting));
        run.Plant.CommandedDiscrete(agent).CopyTo(decisions.Discrete(row, acting));
        return row;
    }
}

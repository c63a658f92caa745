using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;
using Heron.Core.Tests.Policies;

namespace Heron.Core.Tests.Scheduling;

/// <summary>Coordinators in event-driven mode: who wakes whom, and who is rewarded after whom.</summary>
public sealed class EventCoordinationTests
{
    private static ScheduleConfig Schedule(double tick, double observation = 0, double action = 0, double message = 0) =>
        ScheduleConfig.Deterministic(tick, observation, action, message);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static EventRig Vertical(double physics, double first, out EventOptions options, ScheduleConfig? lead = null, ScheduleConfig? child = null, double message = .1)
    {
        options = new EventOptions { FirstPhysicsSeconds = first };
        return new EventRig(Schedule(physics, message: message))
            .Lead("c", lead ?? Schedule(4, observation: .3, action: .2, message: message), new Protocol(action: new VectorDecomposition()))
            .Field("d0", child ?? Schedule(1, action: .2, message: message), parent: "c")
            .Field("d1", child ?? Schedule(1, action: .2, message: message), parent: "c");
    }

    // Decision 4.3, children wake 4.4, effects 4.6, seen by others 4.7: once per decision, whatever the children's own interval.
    [Fact]
    public void RunUntil_VectorDecomposition_WakesEachChildOncePerDecision()
    {
        EventRig rig = Vertical(physics: 50, first: 50, out EventOptions options);
        EventScheduler scheduler = rig.Start(options: options);

        scheduler.RunUntil(9, cancellationToken: Token);

        Assert.Equal(
            [
                "4 AgentTick c", "4.3 ObservationReady c",
                "4.4 AgentTick d0", "4.4 AgentTick d1", "4.4 ObservationReady d0", "4.4 ObservationReady d1",
                "4.5 ActionEffect c", "4.6 ActionEffect d0", "4.6 ActionEffect d1", "4.6 StateVisible c", "4.7 StateVisible d0", "4.7 StateVisible d1",
            ],
            rig.Trace.Lines.Skip(1).TakeWhile(line => !line.StartsWith('8')));
        Assert.Equal([4.4, 8.4], rig.Times(EventKind.AgentTick, "d0"));
        Assert.Equal(4, scheduler.Statistics.Of("c").Commands);
    }

    [Fact]
    public void RunUntil_CommandedChildren_ActOnTheirPartsAndAreNotAsked()
    {
        EventRig rig = Vertical(physics: 5, first: 5, out EventOptions options);
        var source = new Halves();
        EventScheduler scheduler = rig.Start(source, options);

        scheduler.RunUntil(6, cancellationToken: Token);

        Assert.Equal((0.05f, -0.1f), (rig.X(scheduler, "d0"), rig.X(scheduler, "d1")));
        Assert.Equal(["c"], source.Asked.Distinct());
    }

    // S = 3: coordinator told 3.1, children 3.2 (their rewards), results and completion 3.3, coordinator's reward 3.3, stored 3.4.
    [Fact]
    public void RunUntil_RewardCascade_GoesFromTheLeavesUp()
    {
        EventRig rig = Vertical(physics: 50, first: 3, out EventOptions options);
        EventScheduler scheduler = rig.Start(options: options);

        scheduler.RunUntil(3.9, cancellationToken: Token);

        Assert.Equal(
            [
                "3.1 ResultsVisible system", "3.1 PhysicsCompleted c", "3.2 PhysicsCompleted d0", "3.2 PhysicsCompleted d1",
                "3.3 TickResult d0", "3.3 ChildRewarded c", "3.3 TickResult d1", "3.3 ChildRewarded c", "3.4 TickResult c",
            ],
            rig.Trace.Lines.Where(line => line.StartsWith("3.", StringComparison.Ordinal)));
    }

    // Cascades take 4 messages; with a run every 2, 1.5 and 1 s they overlap.
    [Theory]
    [InlineData(.5, 2)]
    [InlineData(.4, 1.5)]
    [InlineData(.3, 1)]
    public void RunUntil_OverlappingCascades_EveryRunIsRewardedOnceAndInOrder(double message, double physics)
    {
        EventRig rig = Vertical(physics, first: physics, out EventOptions options, Schedule(2, message: message), Schedule(1, action: .1, message: message), message);
        EventScheduler scheduler = rig.Start(options: options);

        scheduler.RunUntil(40, cancellationToken: Token);

        RewardRecord[] ofLead = [.. rig.Trace.Rewards.Where(reward => reward.Agent == 0)];
        Assert.InRange(ofLead.Length, scheduler.Statistics.PhysicsRuns - 3, scheduler.Statistics.PhysicsRuns);
        Assert.Equal(Enumerable.Range(1, ofLead.Length).Select(run => run * physics), ofLead.Select(reward => reward.PhysicsSeconds), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.All(ofLead, lead => Assert.All(
            rig.Trace.Rewards.Where(reward => reward.PhysicsSeconds == lead.PhysicsSeconds && reward.Agent != 0),
            child => Assert.True(child.TimeSeconds < lead.TimeSeconds)));
    }

    // Jitter lets later news overtake earlier; each run still gets its own rewards, worked out from its own state.
    [Fact]
    public void RunUntil_JitteredCascades_EachRewardBelongsToItsRun()
    {
        ScheduleConfig Jittered(double tick) => Schedule(tick, action: .1, message: .3).WithJitter(JitterKind.Uniform, .8);
        EventRig rig = new EventRig(Schedule(1, message: .3).WithJitter(JitterKind.Uniform, .8) with { TickIntervalSeconds = 1 })
            .Lead("c", Jittered(2), new Protocol(action: new VectorDecomposition()))
            .Field("d0", Jittered(1), parent: "c").Field("d1", Jittered(1), parent: "c");
        var atRuns = new Dictionary<double, float>();
        EventScheduler scheduler = rig.Start();
        while (scheduler.TimeSeconds < 60 && scheduler.ProcessNext(out EventInfo happened))
        {
            if (happened.Kind == EventKind.Simulation)
            {
                atRuns[happened.TimeSeconds] = rig.X(scheduler, "d0");
            }
        }

        RewardRecord[] rewards = [.. rig.Trace.Rewards.Where(reward => reward.Agent == 1)];
        Assert.NotEmpty(rewards);
        Assert.All(rewards, reward => Assert.Equal(-MathF.Abs(atRuns[reward.PhysicsSeconds]), reward.Reward));
        Assert.Equal(rewards.Length, rewards.Select(reward => reward.PhysicsSeconds).Distinct().Count());
    }

    [Theory]
    [InlineData(5)]
    [InlineData(8)]
    public void RunUntil_SlowChildren_HaveNoPairsBeforeTheirFirstEffect(double action)
    {
        EventRig rig = Vertical(physics: 3, first: 1, out EventOptions options, Schedule(2, action: .1, message: .1), Schedule(1, action: action, message: .1));
        EventScheduler scheduler = rig.Start(options: options);

        scheduler.RunUntil(7, cancellationToken: Token);

        Assert.Equal(0, rig.Trace.Rewards.First(reward => reward.Agent == 1).Pairs);
        Assert.Contains(rig.Trace.Rewards, reward => reward is { Agent: 0, Pairs: >= 1 });
    }

    [Fact]
    public void RunUntil_PeriodicAgentBesideACoordinatedTeam_AllAreRewarded()
    {
        EventRig rig = Vertical(physics: 5, first: 5, out EventOptions options, Schedule(3, action: .1, message: .1)).Field("lone", Schedule(2, action: .1, message: .1));
        EventScheduler scheduler = rig.Start(options: options);

        scheduler.RunUntil(20, cancellationToken: Token);

        Assert.All(scheduler.Spec.Agents, agent => Assert.True(scheduler.Statistics.Of(agent.Id).Rewards >= 3));
    }

    [Fact]
    public void RunUntil_CoordinatorWithoutProtocol_StaysAndLeavesTheOthersTheirClocks()
    {
        EventRig rig = new EventRig(Schedule(5)).Lead("c", Schedule(2)).Field("d0", Schedule(1), parent: "c");
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal([1, 2, 3, 4, 5], rig.Times(EventKind.AgentTick, "d0"));
        Assert.Contains(scheduler.Spec.Hierarchy, node => node.Id == "c");
        Assert.Equal(1, scheduler.Statistics.Of("d0").Rewards);
    }

    // outer -> inner -> leaf: one message delay per level.
    [Fact]
    public void RunUntil_NestedCoordinators_WakeLevelByLevel()
    {
        EventRig rig = new EventRig(Schedule(50, message: .1))
            .Lead("outer", Schedule(4, message: .1), new Protocol(action: new VectorDecomposition()))
            .Lead("inner", Schedule(1, message: .2), new Protocol(action: new VectorDecomposition()), parent: "outer")
            .Field("leaf", Schedule(1, message: .1), parent: "inner");
        EventScheduler scheduler = rig.Start(options: new EventOptions { FirstPhysicsSeconds = 6 });

        scheduler.RunUntil(7.9, cancellationToken: Token);

        Assert.Equal([4.1], rig.Times(EventKind.AgentTick, "inner"));
        Assert.Equal([4.3], rig.Times(EventKind.AgentTick, "leaf"), (a, b) => Math.Abs(a - b) < 1e-9);
        Assert.Equal(0.1f, rig.X(scheduler, "leaf"));
        string[] order = [.. rig.Trace.Rewards.Select(reward => scheduler.Spec.Agents[reward.Agent].Id)];
        Assert.Equal(["leaf", "inner", "outer"], order);
    }

    // A price goes out at each decision; the members decide themselves, once for each.
    [Fact]
    public void RunUntil_ProtocolThatOnlySpeaks_MembersDecideThemselvesWhenItDoes()
    {
        EventRig rig = new EventRig(Schedule(50)).Lead("c", Schedule(4, message: .5), new Protocol(new PriceSignal())).Field("d0", Schedule(1), parent: "c");
        var source = new Halves();
        EventScheduler scheduler = rig.Start(source);

        scheduler.RunUntil(9, cancellationToken: Token);

        Assert.Equal([4.5, 8.5], rig.Times(EventKind.AgentTick, "d0"));
        Assert.Contains("d0", source.Asked);
    }

    [Fact]
    public void RunUntil_HorizontalProtocol_RunsWithThePhysicsAndLeavesTheClocks()
    {
        EventRig rig = new EventRig(Schedule(2, message: .1))
            .Lead("c", Schedule(60, message: .25))
            .Field("d0", Schedule(1), parent: "c").Field("d1", Schedule(1), parent: "c");
        rig.Builder.Coordinate("c", new Protocol(new StateSharing(null, "x")));
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(2.5, cancellationToken: Token);

        Assert.Equal([1, 2], rig.Times(EventKind.AgentTick, "d0"));
        Assert.Equal([0.25, 2.25], rig.Times(DeliveryKind.AgentMessage, "d0").Distinct());
        Assert.Contains("0.2", scheduler.Render("ansi"));
    }

    // Commands among equals follow each run of the physics, at 0, 2 and 4, half a second later; the members have no clocks of their own.
    [Fact]
    public void RunUntil_HorizontalCommands_WakeTheMembersAfterEachRun()
    {
        EventRig rig = new EventRig(Schedule(2)).Lead("c", Schedule(60, message: .5)).Field("d0", Schedule(.3), parent: "c").Field("d1", Schedule(.3), parent: "c");
        rig.Builder.Coordinate("c", new Protocol(action: new AmongEquals()));
        EventScheduler scheduler = rig.Start();

        scheduler.RunUntil(5, cancellationToken: Token);

        Assert.Equal([.5, 2.5, 4.5], rig.Times(EventKind.AgentTick, "d0"));
        Assert.Equal([.3f, -.3f], [rig.X(scheduler, "d0"), rig.X(scheduler, "d1")], (a, b) => Math.Abs(a - b) < 1e-6);
    }

    [Fact]
    public void RunUntil_PolicyInside_DecidesWithoutBeingAsked()
    {
        EventRig rig = new EventRig(Schedule(5)).Field("a", Schedule(1)).Field("b", Schedule(1));
        rig.Builder.DecideBy("a", new ConstantPolicy(-0.5f));
        var source = new Halves();
        EventScheduler scheduler = rig.Start(source);

        scheduler.RunUntil(3, cancellationToken: Token);

        Assert.Equal(-0.15f, rig.X(scheduler, "a"), 1e-6f);
        Assert.Equal(["b"], source.Asked.Distinct());
    }

    [Fact]
    public void RunUntil_AgentsOfATeamEnd_TheirCoordinatorEndsWithTheLastAndTheRunToo()
    {
        EventRig rig = new EventRig(Schedule(2, message: .1))
            .Lead("c", Schedule(1, message: .1), new Protocol(action: new VectorDecomposition()))
            .Field("d0", Schedule(1), parent: "c", endsAt: .25f).Field("d1", Schedule(1), parent: "c", endsAt: .75f);
        EventScheduler scheduler = rig.Start();

        EndReason reason = scheduler.RunUntil(100, cancellationToken: Token);

        Assert.Equal(EndReason.Terminated, reason);
        Assert.True(scheduler.Statistics.Of("c").IsTerminated);
        Assert.True(scheduler.Statistics.Of("d0").Rewards < scheduler.Statistics.Of("d1").Rewards);
        Assert.True(scheduler.Statistics.Of("d0").Effects < scheduler.Statistics.Of("d1").Effects);
    }

    /// <summary>Acts with 0.5, -1, 0.5, ... and notes who was asked.</summary>
    private sealed class Halves : IActionSource
    {
        public List<string> Asked { get; } = [];

        public void Act(in ActionRequest request)
        {
            foreach (int agent in request.Agents)
            {
                Asked.Add(request.Spec.Agents[agent].Id);
                Span<float> action = request.Continuous(agent);
                for (int i = 0; i < action.Length; i++)
                {
                    action[i] = i % 2 == 0 ? 0.5f : -1;
                }
            }
        }
    }

    /// <summary>Commands the first member 1 and the second -1.</summary>
    private sealed class AmongEquals : ActionProtocol
    {
        private Core.Agents.Agent[] _members = [];

        public override ProtocolDirection Direction => ProtocolDirection.Horizontal;

        protected internal override void Connect(ProtocolSetup setup) => _members = [.. setup.Members];

        protected internal override void Command(in ProtocolContext context)
        {
            context.Command(_members[0], [1]);
            context.Command(_members[1], [-1]);
        }
    }
}

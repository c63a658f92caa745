using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Protocols;
using Heron.Core.Spaces;
using Heron.Core.Tests.Policies;
using Heron.Core.Tests.Protocols;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Environments;

/// <summary>Whose word counts: an action given outside, else a protocol's, else the agent's own policy's, else what it does when idle.</summary>
public sealed class DecidePhaseTests
{
    private const AgentFlags Asked = AgentFlags.Alive | AgentFlags.Observed | AgentFlags.MustAct;
    private const AgentFlags NotAsked = AgentFlags.Alive | AgentFlags.Observed;

    private static readonly BoxSpace One = new(-1, 1);

    [Fact]
    public void Step_GivenAction_ComesBeforeTheProtocols()
    {
        Team team = Team.Of(One, One).With(action: new VectorDecomposition());
        team.Builder.Ask("d0");
        TeamRun run = team.Start();

        run.Step(("lead", [0.4f, 0.8f]), ("d0", [-0.5f]));

        Assert.Equal([[-0.5f], [0.8f]], [run.ActionOf("d0"), run.ActionOf("d1")]);
        Assert.Equal([Asked, Asked, NotAsked], run.Flags);
    }

    [Fact]
    public void Step_CommandedAction_ComesBeforeThePolicy()
    {
        TeamRun run = Team.Of(One, One).With(action: new VectorDecomposition()).DecideBy("d*", new ConstantPolicy(0.77f)).Start();

        run.Step(("lead", [0.4f, 0.8f]));

        Assert.Equal([[0.4f], [0.8f]], [run.ActionOf("d0"), run.ActionOf("d1")]);
    }

    [Fact]
    public void Step_NoCommandInThisStep_FollowsThePolicy()
    {
        TeamRun run = Team.Of(One).With(action: new ConstantCommands([0.5f], [], steps: 1)).DecideBy("d0", new ConstantPolicy(0.77f)).Start();

        var actions = new List<float>();
        for (int i = 0; i < 3; i++)
        {
            run.Step();
            actions.Add(run.ActionOf("d0")[0]);
        }

        Assert.Equal([0.77f, 0.5f, 0.77f], actions);
    }

    // Commanded in the first step only; d0 holds, d1 goes back to the middle of its box, d2 does nothing until then.
    [Fact]
    public void Step_NobodyChooses_DoesWhatItDoesWhenIdle()
    {
        var members = new[] { IdleBehavior.Hold, IdleBehavior.Neutral, IdleBehavior.Skip }.Select((idle, i) => new Counter($"d{i}", idle)).ToArray();
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Idle-v0").Add(new PlainSystem()).Add(new PlainCoordinator("lead"), "system");
        foreach (Counter member in members)
        {
            builder.Add(member, "lead");
        }

        var run = new TeamRun(builder.Coordinate("lead", new Protocol(action: new ConstantCommands([0.5f], [], steps: 0))).Build());
        run.Step();
        run.Step();
        run.Step();

        Assert.Equal([0.5f, 0, 0.5f], [run.ActionOf("d0")[0], run.ActionOf("d1")[0], run.ActionOf("d2")[0]]);
        Assert.Equal([1.5, 0.5, 0.5], [run.Read("d0", "value"), run.Read("d1", "value"), run.Read("d2", "value")]);
        Assert.Equal([3, 3, 1], [run.Read("d0", "steps"), run.Read("d1", "steps"), run.Read("d2", "steps")]);
    }

    // A coordinator that has never decided does not command its neutral action over its members' policies.
    [Fact]
    public void Step_OwnerWithoutDecision_LeavesMembersToTheirPolicies()
    {
        Team team = Team.Of(One, One).With(action: new VectorDecomposition()).DecideBy("lead", new ConstantPolicy(float.NaN)).DecideBy("d*", new ConstantPolicy(0.77f));
        TeamRun run = team.Start();

        run.Step();

        Assert.Equal([[0.77f], [0.77f]], [run.ActionOf("d0"), run.ActionOf("d1")]);
        Assert.Equal([NotAsked, NotAsked, NotAsked], run.Flags);
    }

    [Fact]
    public void Step_OwnerWithPolicy_CommandsWhatItChose()
    {
        TeamRun run = Team.Of(One, One).With(action: new VectorDecomposition()).DecideBy("lead", new ConstantPolicy(0.25f)).Start();

        run.Step();

        Assert.Equal([[0.25f], [0.25f]], [run.ActionOf("d0"), run.ActionOf("d1")]);
    }

    // Both add their action to their value before the step is over; neither may see the other's new value.
    [Fact]
    public void Step_TwoPolicies_SeeTheStateBeforeAnybodyActed()
    {
        var policy = new ConstantPolicy(1);
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Peers-v0").Add(new PlainSystem())
            .Add(new Counter("a", IdleBehavior.Hold), "system").Add(new Counter("b", IdleBehavior.Hold), "system").DecideBy("?", policy);
        var run = new TeamRun(builder.Build());

        run.Step();
        run.Step();

        Assert.Equal([[0, 0, 0, 0], [0, 0, 0, 0], [1, 1, 1, 1], [1, 1, 1, 1]], policy.Seen);
    }

    [Fact]
    public void Step_ActionWithinAPolicyOutsideTheBox_IsClipped()
    {
        TeamRun run = Team.Of(new BoxSpace(0, 0.5f)).DecideBy("d0", new ConstantPolicy(3)).Start();

        run.Step();

        Assert.Equal([0.5f], run.ActionOf("d0"));
    }

    [Fact]
    public void Build_PolicyWithoutActionSpace_SaysThatThereIsNothingToDecide()
    {
        Team team = Team.Of(One).DecideBy("lead", new ConstantPolicy(1));

        Assert.Contains("'lead' of Team-v0 has a policy, but no ActionSpace", Assert.Throws<ArgumentException>(team.Start).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LoadState_CommandNotYetInForce_ComesInForce()
    {
        Team team = Team.Of(One).With(action: new HorizontalCommands(0.5f));
        EnvironmentFactory factory = team.Builder.Build();
        var first = new TeamRun(factory);
        var second = new TeamRun(factory, seed: 3);
        second.Step();
        byte[] state = new byte[first.Environment.StateByteCount];
        first.Environment.SaveState(state);

        second.Environment.LoadState(state);
        second.Step();

        Assert.Equal([0.5f], second.ActionOf("d0"));
    }

    /// <summary>Adds its action to its value, which everybody sees, and counts its steps.</summary>
    private sealed class Counter : FieldAgent
    {
        private readonly Feature<Sum> _sum;

        public Counter(string id, IdleBehavior whenIdle)
            : base(id)
        {
            _sum = AddFeature(default(Sum), Visibility.Public);
            ActionSpace = new BoxSpace(-1, 1);
            WhenIdle = whenIdle;
        }

        public override void Apply(in AgentContext context)
        {
            ref Sum sum = ref context.Get(_sum);
            sum.Value += context.Action[0];
            sum.Steps++;
        }

        public struct Sum
        {
            public double Value;
            public int Steps;
        }
    }

    /// <summary>Commands when a step is over, for the next; only at the start of the episode.</summary>
    private sealed class HorizontalCommands(float value) : ActionProtocol
    {
        private Agent[] _members = [];

        public override ProtocolDirection Direction => ProtocolDirection.Horizontal;

        protected internal override void Connect(ProtocolSetup setup) => _members = [.. setup.Members];

        protected internal override void Command(in ProtocolContext context)
        {
            if (context.Step == 0)
            {
                context.Command(_members[0], new ReadOnlySpan<float>(in value));
            }
        }
    }
}

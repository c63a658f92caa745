using Heron.Core.Environments;
using Heron.Core.Environments.Conformance;
using Heron.Core.Randomness;
using Heron.Simulations.Tests.Shared;
using Heron.Tests.Shared;

namespace Heron.Simulations.Tests;

/// <summary>What holds for every environment that is shipped.</summary>
public sealed class RegisteredEnvironmentTests
{
    private static EnvironmentRegistry Registry { get; } = HeronEnvironments.AddTo(new EnvironmentRegistry());

    public static TheoryData<string> Ids => [.. Registry.Definitions.Select(definition => definition.Id)];

    [Fact]
    public void AddTo_EmptyRegistry_HoldsThePublicNames() =>
        Assert.Equal(["Composed-v0", "MultiAgentArena-v0", "SensorNetwork-v0", "SimpleMicrogrids-v0", "Thermostat-v0", "TransportFleet-v0", .. Enumerable.Range(0, 8).Select(level => $"TwoRoomHeating-v{level}")], Registry.Definitions.Select(definition => definition.Id));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Check_Everywhere_FindsNoViolation(string id) =>
        Assert.Empty(EnvironmentConformance.Check(Registry.Get(id).Configure()));

    [Theory]
    [InlineData("SimpleMicrogrids-v0", "num_microgrids", 1)]
    [InlineData("SimpleMicrogrids-v0", "share_reward", false)]
    [InlineData("SimpleMicrogrids-v0", "time_limit_terminates", true)]
    [InlineData("Thermostat-v0", "num_rooms", 1)]
    [InlineData("Thermostat-v0", "num_rooms", 26)]
    [InlineData("TwoRoomHeating-v4", "overheat_monitors", true)]
    [InlineData("TwoRoomHeating-v7", "max_episode_steps", 3)]
    [InlineData("SensorNetwork-v0", "num_sensors", 1)]
    [InlineData("SensorNetwork-v0", "share_signals", true)]
    [InlineData("TransportFleet-v0", "dispatch", "joint")]
    [InlineData("TransportFleet-v0", "dispatch", "broadcast")]
    [InlineData("TransportFleet-v0", "num_vehicles", 1)]
    [InlineData("MultiAgentArena-v0", "width", 3)]
    [InlineData("MultiAgentArena-v0", "ts", 1)]
    [InlineData("MultiAgentArena-v0", "collisions", "agent1_only")]
    public void Check_OtherParameters_FindsNoViolation(string id, string name, object value) =>
        Assert.Empty(EnvironmentConformance.Check(Registry.Get(id).Configure(new Dictionary<string, object> { [name] = value })));

    [Theory]
    [MemberData(nameof(Ids))]
    public void Card_Everywhere_TellsWhatAUserAsks(string id)
    {
        EnvironmentCard card = Registry.Get(id).Card;

        Assert.NotEmpty(card.Summary);
        Assert.StartsWith(id[(id.LastIndexOf('-') + 1)..], card.VersionHistory[0]);
        Assert.All((string[])["Task:", "Dynamics:", "Observation:", "Reward:", "End:", "Metrics:"], part => Assert.Contains(part, card.Description));
        Assert.All(Registry.Get(id).Parameters, parameter => Assert.EndsWith(".", parameter.Summary));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Labels_Everywhere_NameEveryNumber(string id)
    {
        EnvironmentSpec spec = Registry.Get(id).Configure().Spec;

        Assert.All(spec.Agents, agent => Assert.Equal(agent.ObservationSpace.Length, agent.ObservationLabels.Count));
        Assert.All(spec.Agents, agent => Assert.Equal(agent.ActionSpace.Length, agent.ActionLabels.Count));
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void LoadState_InMidEpisode_ContinuesBitForBit(string id)
    {
        EnvironmentRun original = new(Registry.Get(id).Configure()), restored = new(Registry.Get(id).Configure());
        var random = new RandomStream(4);
        original.Reset(1);
        for (int i = 0; i < 17; i++)
        {
            original.SampleActions(ref random);
            original.Step();
        }

        restored.Environment.LoadState(original.Save());
        original.Flags.CopyTo(restored.Flags, 0);

        while (!original.IsOver)
        {
            original.SampleActions(ref random);
            original.Continuous.CopyTo(restored.Continuous, 0);
            original.Discrete.CopyTo(restored.Discrete, 0);
            original.Step();
            restored.Step();
            Assert.Equal(original.Observations, restored.Observations);
            Assert.Equal(original.Rewards, restored.Rewards);
            Assert.Equal(original.Metrics, restored.Metrics);
            Assert.Equal(original.Flags, restored.Flags);
        }

        Assert.Equal(original.Save(), restored.Save());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void Step_TenThousandStepsWithResets_AllocatesNothing(string id)
    {
        var run = new EnvironmentRun(Registry.Get(id).Configure());
        var random = new RandomStream(4);
        run.Reset();
        Play(run, ref random, 1_000);

        long allocated = Allocations.Of(() => Play(run, ref random, 10_000));

        Assert.Equal(0, allocated);
    }

    private static void Play(EnvironmentRun run, ref RandomStream random, int steps)
    {
        for (int i = 0; i < steps; i++)
        {
            run.SampleActions(ref random);
            run.Step();
            if ((run.Flags[0] & AgentFlags.Alive) == 0)
            {
                run.Reset((uint)i);
            }
        }
    }
}

using System.Text.Json;
using Heron.Core.Environments;
using Heron.Core.Scheduling;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Scheduling;

public sealed class GoldenEventTests
{
    private static readonly Dictionary<string, Func<EventInfo, bool>> Kinds = new()
    {
        ["agent_tick"] = happened => happened.Kind == EventKind.AgentTick,
        ["observation_received"] = happened => happened.Kind == EventKind.ObservationReady,
        ["action_effect"] = happened => happened.Kind == EventKind.ActionEffect,
        ["state_visible"] = happened => happened.Delivery == DeliveryKind.StateVisible,
        ["simulation"] = happened => happened.Kind == EventKind.Simulation,
    };

    [Theory]
    [InlineData("one_agent_traceA")]
    [InlineData("effect_after_physics")]
    [InlineData("slow_actuator")]
    [InlineData("three_agents_hetero")]
    public void RunUntil_RecordedSchedule_GivesTheRecordedEvents(string name)
    {
        using JsonDocument golden = Read(name);
        JsonElement root = golden.RootElement;
        (EventTrace trace, _) = Run(root);

        Assert.Equal(Recorded(root), Seen(trace));
        IEnumerable<long> times = trace.Events.Select(happened => happened.TimeNanoseconds);
        Assert.Equal(times.Order(), times);
    }

    [Theory]
    [InlineData("one_agent_traceA")]
    [InlineData("effect_after_physics")]
    [InlineData("slow_actuator")]
    [InlineData("three_agents_hetero")]
    public void RunUntil_RecordedSchedule_GivesTheFirstRewards(string name)
    {
        using JsonDocument golden = Read(name);
        JsonElement root = golden.RootElement;
        (EventTrace trace, EnvironmentSpec spec) = Run(root);

        foreach (JsonProperty agent in root.GetProperty("rewards_first_physics").EnumerateObject())
        {
            JsonElement expected = agent.Value[0];
            RewardRecord actual = trace.Rewards.First(reward => reward.Agent == spec.IndexOf(agent.Name));
            Assert.Equal(expected[1].GetSingle(), actual.Reward, 1e-6f);
            Assert.Equal(expected[2].GetInt32(), actual.Pairs);
            Assert.Equal(root.GetProperty("system").GetProperty("wait_interval").GetDouble(), actual.PhysicsSeconds);
        }
    }

    private static (EventTrace Trace, EnvironmentSpec Spec) Run(JsonElement golden)
    {
        JsonElement system = golden.GetProperty("system");
        JsonElement[] agents = [.. golden.GetProperty("field_agents").EnumerateArray()];
        double Seconds(JsonElement agent, string name) => agent.GetProperty(name).GetDouble();
        EnvironmentFactory factory = Integrators.Factory(
            ScheduleConfig.Deterministic(Seconds(system, "tick"), messageDelaySeconds: Seconds(system, "msg_delay")),
            [.. agents.Select(agent => (agent.GetProperty("id").GetString()!, ScheduleConfig.Deterministic(
                Seconds(agent, "tick"), Seconds(agent, "obs_delay"), Seconds(agent, "act_delay"), Seconds(agent, "msg_delay"))))]);
        var source = new Integrators.Constant([.. agents.Select(agent => (agent.GetProperty("id").GetString()!, agent.GetProperty("constant_action").GetSingle()))]);
        var trace = new EventTrace();
        EventScheduler scheduler = factory.CreateEventScheduler(source, new EventOptions { FirstPhysicsSeconds = Seconds(system, "wait_interval"), Observer = trace });
        scheduler.Reset(0);

        scheduler.RunUntil(golden.GetProperty("t_end").GetDouble(), cancellationToken: TestContext.Current.CancellationToken);

        return (trace, factory.Spec);
    }

    private static JsonDocument Read(string name) => JsonDocument.Parse(File.ReadAllText(Path.Combine(TestData.Folder, "event_scheduling", name + ".json")));

    // Agents at one instant may come in any order, so both sides are sorted. Of the physics only the first run counts:
    // after it the reference's clock drifts.
    private static IEnumerable<(double Time, string Kind, string Agent)> Recorded(JsonElement golden) => golden.GetProperty("events").EnumerateArray()
        .Select(happened => (happened[0].GetDouble(), happened[1].GetString()!, happened[2].GetString()!.Replace("system_agent", "system", StringComparison.Ordinal)))
        .Where(happened => happened.Item2 != "agent_tick" || happened.Item3 != "system")
        .Order();

    private static IEnumerable<(double Time, string Kind, string Agent)> Seen(EventTrace trace) => trace.Events
        .SelectMany(happened => Kinds.Where(kind => kind.Value(happened)).Select(kind => (happened.TimeSeconds, kind.Key, happened.AgentId!)))
        .Where(happened => happened.Item3 != "system" || (happened.Key == "simulation" && happened.TimeSeconds == trace.Events.First(other => other.Kind == EventKind.Simulation).TimeSeconds))
        .Order();
}

using System.Globalization;
using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

/// <summary>Writes down what happens, one line per event.</summary>
internal sealed class EventTrace : IEventObserver
{
    public List<EventInfo> Events { get; } = [];

    public List<RewardRecord> Rewards { get; } = [];

    public List<(float[] Observation, float[] Action, double ObservedAt, double DecidedAt, double Time)> Decisions { get; } = [];

    /// <summary>Time, kind and agent, for example <c>2.2 ActionEffect a0</c>.</summary>
    public IEnumerable<string> Lines => Events.Select(Line);

    public void OnEvent(in EventInfo happened) => Events.Add(happened);

    public void OnReward(in RewardRecord reward) => Rewards.Add(reward);

    public void OnDecision(in LandedDecision decision) => Decisions.Add((decision.Observation.ToArray(), decision.Continuous.ToArray(), decision.ObservedAtSeconds, decision.DecidedAtSeconds, decision.TimeSeconds));

    public IEnumerable<string> LinesOf(EventKind kind) => Events.Where(happened => happened.Kind == kind).Select(Line);

    public IEnumerable<string> LinesOf(DeliveryKind delivery) => Events.Where(happened => happened.Delivery == delivery).Select(Line);

    public static string Line(EventInfo happened) => string.Create(
        CultureInfo.InvariantCulture,
        $"{happened.TimeSeconds:0.#########} {(happened.Kind == EventKind.MessageDelivery ? happened.Delivery : happened.Kind)} {happened.Name ?? happened.AgentId}");
}

using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Learning.Tests.Shared;

/// <summary>
/// Two devices that should bring their power to zero: an action of -1 to 1 sets half of it, and every step costs the power
/// squared. A random episode of 30 steps costs 2 * 30 * 0.25 / 3 = 5, the best one nothing.
/// </summary>
internal static class DevicePower
{
    public const string Id = "DevicePower-v0";

    private const int Levels = 11;

    public static EnvironmentDefinition Definition { get; } = new EnvironmentDefinition<Settings>(
        Id,
        new EnvironmentCard { Summary = "Two devices at rest.", Description = "For tests.", VersionHistory = [] },
        (settings, values) =>
        {
            var system = new SystemAgent();
            return new HeronEnvironmentBuilder(Id, new HeronEnvironmentOptions { MaxEpisodeSteps = 30, Parameters = values })
                .Add(system)
                .Add(new CoordinatorAgent("lead"), system.Id)
                .AddMany("device", 2, id => new Device(id, settings.Discrete), "lead")
                .Build();
        });

    public struct Power
    {
        public double Value;
        public double Capacity;
    }

    public sealed record Settings
    {
        [EnvironmentParameter("Whether actions are 11 levels instead of a number.")]
        public bool Discrete { get; set; }
    }

    private sealed class Device : FieldAgent
    {
        private readonly bool _isDiscrete;
        private readonly Feature<Power> _power;

        public Device(string id, bool isDiscrete)
            : base(id)
        {
            _isDiscrete = isDiscrete;
            _power = AddFeature(new Power { Capacity = 1 }, Visibility.Public);
            ActionSpace = isDiscrete ? new DiscreteSpace(Levels) : new BoxSpace(-1, 1);
        }

        // Levels stand in the middle of 11 equal parts of -1 to 1; level 5 is zero.
        public override void Apply(in AgentContext context) =>
            context.Get(_power).Value = 0.5 * (_isDiscrete ? -1 + (2 * (context.Categories[0] + 0.5) / Levels) : context.Action[0]);

        public override double Reward(in AgentView view) => -view.Get(_power).Value * view.Get(_power).Value;
    }
}

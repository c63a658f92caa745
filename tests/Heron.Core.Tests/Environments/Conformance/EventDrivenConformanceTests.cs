using Heron.Core.Environments.Conformance;
using Heron.Core.Environments.Wrappers;
using Heron.TestEnvironments.Broken;

namespace Heron.Core.Tests.Environments.Conformance;

/// <summary>Mistakes that step mode does not show, and what the suite tells their authors.</summary>
[Collection(AllocationCollection.Name)]
public sealed class EventDrivenConformanceTests
{
    public static TheoryData<string> Defects => [.. BrokenEnvironments.WhenDrivenByEvents().Select(broken => broken.ToString())];

    [Fact]
    public void Check_SoundWorld_FindsNothing() => Assert.Empty(EnvironmentConformance.Check(BrokenEnvironments.SoundWorld));

    [Fact]
    public void Check_WrappedWorld_FindsNothing() =>
        Assert.Empty(EnvironmentConformance.Check(OneHotObservations.Of(ExposedAgents.Of(BrokenEnvironments.SoundWorld, ["gauge"]))));

    [Theory]
    [MemberData(nameof(Defects))]
    public void Check_OneDefect_ReportsItsRuleAndNoOther(string defect) =>
        Assert.Equal([defect[..defect.IndexOf(':')]], Check(defect[(defect.IndexOf(':') + 2)..]).Select(violation => violation.Rule));

    [Theory]
    [InlineData("throws when it is hit", @"^Event-driven episode of seed 1, 3\.25 s, event \d+: NotSupportedException: No shocks here\. \(at ")]
    [InlineData("ends before its physics runs", "The physics never ran, so nobody was rewarded: it runs every 300 s, and the run ended at 100 s.*builder")]
    [InlineData("has an agent that sleeps for days", "Agent 'gauge' decided nothing in 250 s; it ticks every 200000 s and ticked 0 times.*Schedule of the builder")]
    [InlineData("sends messages that take hours", @"^Event-driven episode of seed 1, 25 s, .*Agent 'gauge' was never rewarded, although the physics ran 25 times.*shorten message delays")]
    [InlineData("runs over when it is hit", @"^Event-driven episode of seed 1, \d+ s, event \d+ .*: agent 'gauge' observes 1\.2 as 'system_agent/water_level\.share \(1\)', number 0 of its observation, which takes 0 to 1\..*disturbances")]
    [InlineData("has an infinite reward when it is hit", "agent 'gauge' has reward (∞|Infinity)")]
    [InlineData("counts the shocks of all copies", @"seed 1, \d+ s, event \d+ \(ActionEffect of agent 'gauge'\): agent 'gauge' observes \[0\.\d\] of 4 s and does .*Expected is a fresh copy with the same seed\..*must be a feature")]
    [InlineData("keeps the level before a shock outside its state", "Expected is the copy that saved the state. What lasts from event to event must be a feature")]
    [InlineData("allocates when it is hit", @"\d+ events allocate 168 bytes, most at once \(24\) in EnvironmentUpdate 'shock' of agent 'system_agent' at 3\.25 s\..*ApplyDisturbance")]
    public void Check_OneDefect_SaysWhoWhenAndWhatToMend(string defect, string message) =>
        Assert.Matches(message, Assert.Single(Check(defect)).Message);

    private static IReadOnlyList<ConformanceViolation> Check(string defect) =>
        EnvironmentConformance.Check(BrokenEnvironments.WhenDrivenByEvents().Single(broken => broken.Defect == defect).Factory);
}

using Heron.Core.Environments;
using Heron.Core.Environments.Conformance;
using Heron.Core.Environments.Wrappers;
using Heron.TestEnvironments.Broken;
using Heron.TestEnvironments.Probe;

namespace Heron.Core.Tests.Environments.Conformance;

[Collection(AllocationCollection.Name)]
public sealed class EnvironmentConformanceTests
{
    public static TheoryData<string> Defects => [.. BrokenEnvironments.All.Select(broken => broken.ToString())];

    public static TheoryData<string, object> ProbeVariants => new()
    {
        { "num_agents", 6 },
        { "num_agents", 1 },
        { "num_agents", 20 },
        { "episode_steps", 1 },
        { "episode_steps", 200 },
        { "join_late", false },
        { "end_early", false },
        { "slow_agents", false },
        { "noise", 3.0 },
        { "task", "push" },
    };

    [Theory]
    [MemberData(nameof(ProbeVariants))]
    public void Check_Probe_KeepsEveryRule(string parameter, object value)
    {
        EnvironmentFactory factory = ProbeEnvironment.Definition.Configure(new Dictionary<string, object> { [parameter] = value });

        Assert.Empty(EnvironmentConformance.Check(factory));
    }

    [Fact]
    public void Check_Counter_KeepsEveryRule() => Assert.Empty(EnvironmentConformance.Check(CounterEnvironment.Factory()));

    [Fact]
    public void Check_WrappedProbe_KeepsEveryRule()
    {
        EnvironmentFactory probe = ProbeEnvironment.Definition.Configure();

        Assert.Empty(EnvironmentConformance.Check(OneHotObservations.Of(probe)));
        Assert.Empty(EnvironmentConformance.Check(ExposedAgents.Of(probe, ["mixed_1", "discrete_2", "multidiscrete_3"])));
        Assert.Empty(EnvironmentConformance.Check(ExposedAgents.Of(probe, ["discrete_2", "box_5"])));
        Assert.Empty(EnvironmentConformance.Check(OneHotObservations.Of(ExposedAgents.Of(probe, ["discrete_2"]))));
    }

    [Theory]
    [MemberData(nameof(Defects))]
    public void Check_BrokenEnvironment_ReportsItsRule(string defect)
    {
        BrokenEnvironment broken = BrokenEnvironments.All.Single(candidate => candidate.ToString() == defect);

        IReadOnlyList<ConformanceViolation> violations = EnvironmentConformance.Check(broken.Factory);

        Assert.Contains(broken.Rule, violations.Select(violation => violation.Rule));
        Assert.All(violations, violation => Assert.NotEmpty(violation.Message));
    }

    [Fact]
    public void Rules_Each_HasMeaningAndABrokenEnvironment()
    {
        string[] rules = [.. EnvironmentConformance.Rules.Select(rule => rule.Name)];

        Assert.Equal(rules.Distinct(), rules);
        Assert.All(EnvironmentConformance.Rules, rule => Assert.EndsWith(".", rule.Meaning, StringComparison.Ordinal));
        Assert.Empty(rules.Except(BrokenEnvironments.All.Select(broken => broken.Rule)));
    }

    [Fact]
    public void Options_LookingAtNothing_AreRefused()
    {
        Assert.Contains("Episodes", Assert.Throws<ArgumentOutOfRangeException>(() => new ConformanceOptions { Episodes = 0 }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformanceOptions { MaxSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformanceOptions { Copies = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformanceOptions { AllocationSteps = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformanceOptions { ThreadCounts = [] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ConformanceOptions { ThreadCounts = [1, 0] });
    }

    [Fact]
    public void Check_SameOptions_FindsTheSame()
    {
        BrokenEnvironment broken = BrokenEnvironments.All.First(candidate => candidate.Rule == "ActionsClipped");

        Assert.Equal(EnvironmentConformance.Check(broken.Factory), EnvironmentConformance.Check(broken.Factory));
    }
}

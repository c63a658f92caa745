using Heron.Core.Environments;
using Heron.Learning.Rollouts;
using Heron.Simulations.SimpleMicrogrids;
using Heron.TestEnvironments.Probe;

namespace Heron.Learning.Tests.Rollouts;

public sealed class PolicyMappingTests
{
    private static readonly EnvironmentSpec Microgrids = SimpleMicrogridsEnvironment.Definition.Configure().Spec;

    [Fact]
    public void Shared_BoxesOfDifferentBoundsRescaled_IsOnePolicy()
    {
        var mapping = PolicyMapping.Shared(Microgrids, new ActionMapping(Microgrids, ActionMappingMode.Rescale));

        Assert.Equal([PolicyMapping.SharedPolicyId], mapping.PolicyIds);
        Assert.Equal([0, 1, 2, 3, 4, 5], mapping.AgentsOf(0).ToArray());
    }

    [Fact]
    public void Shared_BoxesOfDifferentBoundsAsTheyAre_IsAPolicyForEachKind()
    {
        var mapping = PolicyMapping.Shared(Microgrids, new ActionMapping(Microgrids, ActionMappingMode.Off));

        Assert.Equal(["shared_policy_0", "shared_policy_1"], mapping.PolicyIds);
        Assert.Equal([0, 2, 4], mapping.AgentsOf(0).ToArray());
    }

    [Fact]
    public void Shared_AgentsWithAndWithoutMask_DoNotShare()
    {
        EnvironmentSpec probe = ProbeEnvironment.Definition.Configure().Spec;

        var mapping = PolicyMapping.Shared(probe, new ActionMapping(probe, ActionMappingMode.Rescale));

        Assert.Equal(5, mapping.PolicyIds.Count);
        Assert.Equal([0, 5], mapping.AgentsOf(0).ToArray());
    }

    [Fact]
    public void Independent_EveryAgent_HasThePolicyOfItsName()
    {
        var mapping = PolicyMapping.Independent(Microgrids);

        Assert.Equal(Microgrids.Agents.Select(agent => agent.Id), mapping.PolicyIds);
        Assert.Equal(4, mapping.PolicyOf(4));
    }

    [Fact]
    public void Groups_Patterns_PutAgentsTogether()
    {
        PolicyMapping mapping = Groups(new() { ["generators"] = ["mg_*_gen"], ["batteries"] = ["mg_0_bat", "mg_?_bat"] });

        Assert.Equal(["batteries", "generators"], mapping.PolicyIds);
        Assert.Equal([1, 3, 5], mapping.AgentsOf(1).ToArray());
    }

    [Theory]
    [InlineData("mg_*_bat", "mg_0_gen", "Agent 'mg_1_gen' of SimpleMicrogrids-v0 is in no policy group; the groups are: a, b.")]
    [InlineData("mg_*", "mg_0_gen", "Agent 'mg_0_gen' of SimpleMicrogrids-v0 is in two policy groups, 'a' and 'b'; name it in one.")]
    [InlineData("mg_*", "solar", "'solar' in policy group 'b' fits no agent of SimpleMicrogrids-v0; its agents are: mg_0_bat, mg_0_gen, mg_1_bat, mg_1_gen, mg_2_bat, mg_2_gen.")]
    public void Groups_ThatDoNotFit_NameTheAgent(string a, string b, string message)
    {
        var exception = Assert.Throws<ArgumentException>(() => Groups(new() { ["a"] = [a], ["b"] = [b] }));

        Assert.StartsWith(message, exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Groups_AgentsOfDifferentSpaces_SayWhatDiffers()
    {
        var groups = new Dictionary<string, IReadOnlyList<string>> { ["all"] = ["*"] };

        var exception = Assert.Throws<ArgumentException>(() => PolicyMapping.Groups(Microgrids, new ActionMapping(Microgrids, ActionMappingMode.Off), groups));

        Assert.Contains("'mg_0_bat' and 'mg_0_gen'", exception.Message, StringComparison.Ordinal);
        Assert.Contains("Box(0, 1, (1,), float32)", exception.Message, StringComparison.Ordinal);
    }

    private static PolicyMapping Groups(Dictionary<string, IReadOnlyList<string>> groups) =>
        PolicyMapping.Groups(Microgrids, new ActionMapping(Microgrids, ActionMappingMode.Rescale), groups);
}

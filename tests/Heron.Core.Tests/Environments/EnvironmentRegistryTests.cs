using Heron.Core.Environments;
using Heron.TestEnvironments.Probe;

namespace Heron.Core.Tests.Environments;

public sealed class EnvironmentRegistryTests
{
    [Fact]
    public void Get_KnownId_ReturnsItsDefinition()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ProbeEnvironment.Definition);

        Assert.Same(ProbeEnvironment.Definition, registry.Get("Probe-v0"));
        Assert.Same(ProbeEnvironment.Definition, Assert.Single(registry.Definitions));
        Assert.True(registry.TryGet("Probe-v0", out _));
    }

    [Fact]
    public void Get_UnknownId_NamesThoseThereAre()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ProbeEnvironment.Definition);

        EnvironmentNotFoundException error = Assert.Throws<EnvironmentNotFoundException>(() => registry.Get("probe-v0"));

        Assert.Equal("probe-v0", error.EnvironmentId);
        Assert.Equal("There is no environment 'probe-v0'. Available: Probe-v0.", error.Message);
        Assert.False(registry.TryGet("probe-v0", out _));
    }

    [Fact]
    public void Add_IdTwice_NamesIt()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ProbeEnvironment.Definition);

        ArgumentException error = Assert.Throws<ArgumentException>(() => registry.Add(ProbeEnvironment.Definition));

        Assert.Contains("'Probe-v0' is already registered", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Remove_Entry_IsNotFoundAgain()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ProbeEnvironment.Definition);

        registry.Remove("Probe-v0");

        Assert.Empty(registry.Definitions);
        Assert.Throws<EnvironmentNotFoundException>(() => registry.Remove("Probe-v0"));
        registry.Add(ProbeEnvironment.Definition);
        Assert.Single(registry.Definitions);
    }

    [Fact]
    public void VersionsOf_Name_IsTheOldestFirst()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ProbeEnvironment.Definition);
        foreach (string id in (string[])["Room-v10", "Room-v2", "Room-vx", "Rooms-v1", "Room"])
        {
            registry.Add(new EnvironmentDefinition<ProbeParameters>(id, ProbeEnvironment.Definition.Card, (_, _) => throw new NotSupportedException()));
        }

        Assert.Equal(["Room-v2", "Room-v10"], registry.VersionsOf("Room").Select(definition => definition.Id));
        Assert.Empty(registry.VersionsOf("room"));
    }

    [Fact]
    public void Make_WithValues_SettlesThem()
    {
        EnvironmentRegistry registry = new EnvironmentRegistry().Add(ProbeEnvironment.Definition);
        EnvironmentParameter parameter = ProbeEnvironment.Definition.Parameters[0];

        EnvironmentFactory factory = registry.Make("Probe-v0", new Dictionary<string, object> { [parameter.Name] = parameter.Default });

        Assert.Equal("Probe-v0", factory.Spec.Id);
        Assert.Throws<ArgumentException>(() => registry.Make("Probe-v0", new Dictionary<string, object> { ["nope"] = 1 }));
        Assert.Throws<EnvironmentNotFoundException>(() => registry.Make("Prob-v0"));
    }
}

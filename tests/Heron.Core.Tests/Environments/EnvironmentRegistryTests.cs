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
}

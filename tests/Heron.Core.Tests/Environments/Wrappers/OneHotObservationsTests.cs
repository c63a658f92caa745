using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;

namespace Heron.Core.Tests.Environments.Wrappers;

public sealed class OneHotObservationsTests
{
    [Fact]
    public void Of_NoDiscreteObservation_ReturnsTheSameEnvironment()
    {
        EnvironmentFactory factory = CounterEnvironment.Factory();

        Assert.Same(factory, OneHotObservations.Of(factory));
    }
}

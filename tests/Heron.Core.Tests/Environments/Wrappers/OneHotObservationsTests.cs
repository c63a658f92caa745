using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;
using Heron.TestEnvironments.Probe;

namespace Heron.Core.Tests.Environments.Wrappers;

public sealed class OneHotObservationsTests
{
    [Fact]
    public void Of_NoDiscreteObservation_ReturnsTheSameEnvironment()
    {
        EnvironmentFactory factory = CounterEnvironment.Factory();

        Assert.Same(factory, OneHotObservations.Of(factory));
    }

    [Fact]
    public void Of_DiscreteObservations_AreOneHotInABoxFromZeroToOne()
    {
        EnvironmentFactory plain = ProbeEnvironment.Definition.Configure();
        using var original = new VectorEnvironment(plain, 1);
        using var encoded = new VectorEnvironment(OneHotObservations.Of(plain), 1);
        int discrete = plain.Spec.IndexOf("discrete_2");
        int multiDiscrete = plain.Spec.IndexOf("multidiscrete_3");

        original.Reset(5);
        encoded.Reset(5);
        for (int step = 0; step < 6; step++)
        {
            original.Step();
            encoded.Step();
        }

        Assert.Equal("Box(0, 1, (5,), float32)", encoded.Spec.Agents[discrete].ObservationSpace.ToString());
        Assert.Same(plain.Spec.Agents[1], encoded.Spec.Agents[1]);
        Assert.Equal(OneHot(5, Observed(original, discrete)[0]), Observed(encoded, discrete));
        float[] heads = Observed(original, multiDiscrete);
        Assert.Equal([.. OneHot(3, heads[0]), .. OneHot(4, heads[1])], Observed(encoded, multiDiscrete));
        Assert.Equal(Observed(original, 1), Observed(encoded, 1));
        Assert.Equal(original.StateDigest(0), encoded.StateDigest(0));
    }

    private static float[] Observed(VectorEnvironment vector, int agent) => vector.Observations.All[vector.Spec.Layout.Observation(agent)].ToArray();

    private static float[] OneHot(int size, float category) => [.. Enumerable.Range(0, size).Select(i => i == category ? 1f : 0f)];
}

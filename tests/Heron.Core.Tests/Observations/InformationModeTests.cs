using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Observations;

public sealed class InformationModeTests
{
    [Theory]
    [InlineData(InformationMode.Visible, new float[] { 1, 4 }, new float[] { 3, 4, 1 })]
    [InlineData(InformationMode.Full, new float[] { 1, 3, 4 }, new float[] { 3, 4, 1 })]
    [InlineData(InformationMode.Local, new float[] { 1 }, new float[] { 3, 4 })]
    public void Reset_Mode_SettlesWhatAgentsSee(InformationMode mode, float[] expectedOfA, float[] expectedOfB)
    {
        var a = new PlainField("a");
        a.Declare(1, Visibility.Public, "shown");
        a.Declare(2, Visibility.None, "internal");
        var b = new PlainField("b");
        b.Declare(3, Visibility.Owner, "own");
        b.Declare(4, Visibility.Public, "shown");

        var run = new TeamRun(new HeronEnvironmentBuilder("Modes-v0", new HeronEnvironmentOptions { InformationMode = mode })
            .Add(new PlainSystem()).Add(a, "system").Add(b, "system").Build());

        Assert.Equal(expectedOfA, run.Observation("a"));
        Assert.Equal(expectedOfB, run.Observation("b"));
    }
}

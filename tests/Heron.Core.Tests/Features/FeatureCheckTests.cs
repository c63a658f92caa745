using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Features;

public sealed class FeatureCheckTests
{
    [Fact]
    public void Step_ActionLeadsOutOfRange_IsHeldBeforeAnybodySeesIt()
    {
        var run = new TeamRun(new HeronEnvironmentBuilder("Tank-v0").Add(new PlainSystem()).Add(new Tank(level: 0.75f, AtMostOne), "system").Build());

        run.Step(("tank", [1]));

        Assert.Equal([1], run.Observation("tank"));
    }

    [Fact]
    public void AddFeature_InitialValueOutOfRange_IsHeld()
    {
        var run = new TeamRun(new HeronEnvironmentBuilder("Tank-v0").Add(new PlainSystem()).Add(new Tank(level: 3, AtMostOne), "system").Build());

        Assert.Equal([1], run.Observation("tank"));
    }

    [Fact]
    public void AddFeature_CheckThatRefuses_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => new Tank(level: -1, (ref Reading level) =>
            throw new ArgumentException($"A tank holds 0 or more, not {level.Value}.")));

        Assert.Equal("A tank holds 0 or more, not -1.", error.Message);
    }

    private static void AtMostOne(ref Reading level) => level.Value = Math.Min(level.Value, 1);

    private sealed class Tank : FieldAgent
    {
        private readonly Feature<Reading> _level;

        public Tank(float level, FeatureCheck<Reading> check)
            : base("tank")
        {
            _level = AddFeature(new Reading { Value = level }, Visibility.Owner, check: check);
            ActionSpace = new BoxSpace(-1, 1);
        }

        public override void Apply(in AgentContext context) => context.Get(_level).Value += context.Action[0];
    }
}

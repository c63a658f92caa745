using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Observations;

/// <summary>Observations of many agents at once, whatever kinds of numbers stand side by side, and whoever observes by code of its own.</summary>
public sealed class ObservationTableTests
{
    private const int Count = 40;

    [Fact]
    public void Step_ManyAgents_EachSeesItsOwnNumbersAndThoseOfTheOneBefore()
    {
        (EnvironmentFactory factory, Gauge[] gauges) = Build();
        using var vector = new VectorEnvironment(factory, 1, threads: 1);
        vector.Reset(1);

        vector.Step();

        Assert.All(gauges, (gauge, i) => Assert.Equal(gauge.Expected(steps: 1), vector.Observations.Row(0)[factory.Spec.Layout.Observation(i)].ToArray()));
    }

    // From its second step on the first agent is gone, so that the others are observed one by one.
    [Fact]
    public void Step_AfterAnAgentHasEnded_KeepsItsLastObservationAlone()
    {
        (EnvironmentFactory factory, Gauge[] gauges) = Build(endsFirst: true);
        using var vector = new VectorEnvironment(factory, 1, threads: 1);
        vector.Reset(1);

        vector.Step();
        vector.Step();

        Assert.All(gauges, (gauge, i) => Assert.Equal(gauge.Expected(steps: i == 0 ? 1 : 2), vector.Observations.Row(0)[factory.Spec.Layout.Observation(i)].ToArray()));
    }

    private static (EnvironmentFactory Factory, Gauge[] Gauges) Build(bool endsFirst = false)
    {
        Gauge[] gauges = [.. Enumerable.Range(0, Count).Select(i => i % 7 == 3 ? new OwnView(i) : new Gauge(i, ends: endsFirst && i == 0))];
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Gauges-v0").Add(new Shared.PlainSystem());
        foreach (Gauge gauge in gauges)
        {
            gauge.Before = gauge.Place == 0 ? null : gauges[gauge.Place - 1];
            builder.Add(gauge, "system").LimitSight(gauge.Id, gauge.Before is { } before ? [$"{before.Id}.pair"] : []);
        }

        return (builder.Build(), gauges);
    }

    private struct Pair
    {
        public double First;
        public double Second;
    }

    private struct Mixed
    {
        public float Share;
        public int Steps;
        public bool IsOdd;
    }

    private class Gauge : FieldAgent
    {
        private readonly Feature<Pair> _pair;
        private readonly Feature<Mixed>? _mixed;
        private readonly bool _ends;

        public Gauge(int number, bool ends = false)
            : base($"gauge_{number}")
        {
            Place = number;
            _ends = ends;
            ActionSpace = new BoxSpace(-1, 1);
            _pair = AddFeature(new Pair { First = number, Second = number + (1.0 / 3) }, Visibility.Public);

            // Runs of doubles go on from one agent to the next, or end here.
            if (number % 5 == 2)
            {
                _mixed = AddFeature(new Mixed { Share = number / 10f, IsOdd = number % 2 == 1 }, Visibility.Owner);
            }
        }

        public int Place { get; }

        public Gauge? Before { get; set; }

        public override void Apply(in AgentContext context)
        {
            context.Get(_pair).First += 1000;
            if (_mixed is not null)
            {
                context.Get(_mixed).Steps++;
            }
        }

        public override bool IsTerminated(in AgentView view) => _ends && view.Step > 0;

        public virtual float[] Expected(int steps)
        {
            float[] own = _mixed is null ? PairAfter(steps) : [.. PairAfter(steps), Place / 10f, steps, Place % 2];
            return [.. own, .. Before?.PairAfter(Before._ends ? 1 : steps) ?? []];
        }

        protected float[] PairAfter(int steps) => [Place + (1000f * steps), (float)(Place + (1.0 / 3))];
    }

    /// <summary>Sees its number only, by code of its own.</summary>
    private sealed class OwnView : Gauge
    {
        public OwnView(int number)
            : base(number) => ObservationSpace = BoxSpace.Unbounded(1);

        public override void Observe(in AgentView view, Span<float> observation) => observation[0] = Place;

        public override float[] Expected(int steps) => [Place];
    }
}

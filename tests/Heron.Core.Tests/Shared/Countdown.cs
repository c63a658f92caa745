using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Shared;

/// <summary>Counts its steps, is paid the count, and ends at its limit; category n is allowed after n steps.</summary>
internal sealed class Countdown : FieldAgent
{
    private const int Categories = 3;

    private readonly Feature<StepCount> _count;
    private readonly int _limit;
    private readonly bool _truncates;

    private Countdown(string id, int limit, bool truncates)
        : base(id)
    {
        _limit = limit;
        _truncates = truncates;
        _count = AddFeature(default(StepCount), Visibility.Owner);
        ActionSpace = new DiscreteSpace(Categories);
        MetricNames = ["steps"];
    }

    public struct StepCount
    {
        public int Steps;
    }

    public static EnvironmentFactory Factory(params (string Id, int Limit)[] agents) => Factory(maxSteps: null, truncates: false, agents);

    public static EnvironmentFactory Factory(int? maxSteps, bool truncates, params (string Id, int Limit)[] agents) =>
        Factory(new HeronEnvironmentOptions { MaxEpisodeSteps = maxSteps }, truncates, agents);

    public static EnvironmentFactory Factory(HeronEnvironmentOptions options, bool truncates, params (string Id, int Limit)[] agents)
    {
        var builder = new HeronEnvironmentBuilder("Countdown-v0", options).Add(new PlainSystem());
        foreach ((string id, int limit) in agents)
        {
            builder.Add(new Countdown(id, limit, truncates), "system");
        }

        return builder.Build();
    }

    public static EnvironmentFactory ScoredFactory(EnvironmentScore score, params (string Id, int Limit)[] agents)
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Countdown-v0").Add(new PlainSystem()).ScoreWith(score);
        foreach ((string id, int limit) in agents)
        {
            builder.Add(new Countdown(id, limit, truncates: false), "system");
        }

        return builder.Build();
    }

    /// <summary>Coordinator "outer" above coordinator "inner", with one agent below each.</summary>
    public static EnvironmentFactory CoordinatedFactory(bool truncates, (string Id, int Limit) inner, (string Id, int Limit) outer) => new HeronEnvironmentBuilder("Countdown-v0")
        .Add(new PlainSystem())
        .Add(new ActingCoordinator("outer"), "system")
        .Add(new ActingCoordinator("inner"), "outer")
        .Add(new Countdown(inner.Id, inner.Limit, truncates), "inner")
        .Add(new Countdown(outer.Id, outer.Limit, truncates), "outer")
        .Build();

    public override void Apply(in AgentContext context) => context.Get(_count).Steps++;

    public override double Reward(in AgentView view) => view.Get(_count).Steps;

    public override bool IsTerminated(in AgentView view) => !_truncates && view.Get(_count).Steps >= _limit;

    public override bool IsTruncated(in AgentView view) => _truncates && view.Get(_count).Steps >= _limit;

    public override void WriteActionMask(in AgentView view, Span<byte> mask)
    {
        mask.Clear();
        mask[..Math.Min(view.Get(_count).Steps + 1, Categories)].Fill(1);
    }

    public override void WriteMetrics(in AgentView view, Span<float> metrics) => metrics[0] = view.Get(_count).Steps;
}

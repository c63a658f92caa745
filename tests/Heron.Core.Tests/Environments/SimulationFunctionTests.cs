using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Tests.Shared;
using Heron.Tests.Shared;

namespace Heron.Core.Tests.Environments;

/// <summary>Simulations that are one function instead of a bridge.</summary>
public sealed class SimulationFunctionTests
{
    [Fact]
    public void SimulateWith_StepFunction_ReadsAndWritesFeatures()
    {
        PlainField a = new("a");
        Feature<Reading> reading = a.Declare(8, Visibility.Owner);
        TeamRun run = Start(a, builder => builder.SimulateWith((in context) => context.Get(reading).Value *= (float)context.StepSeconds));

        run.Step();
        run.Step();

        Assert.Equal([2], run.Observation("a"));
    }

    [Fact]
    public void SimulateWith_StateFunction_GetsAllStatesAndChangesThoseItReturns()
    {
        PlainField a = new("a"), b = new("b");
        a.Declare(1, Visibility.Owner);
        b.Declare(2, Visibility.Owner);
        var seen = new List<string>();
        TeamRun run = Start([a, b], builder => builder.SimulateWith((states, in context) =>
        {
            seen.Add($"{context.TimeSeconds}: {string.Join(" ", states.Select(state => state.Key + string.Concat(state.Value.ToVector())))}");
            return [states["b"].With("Reading", new Dictionary<string, object> { ["value"] = states["a"].ToVector()[0] + 10f })];
        }));

        run.Step();
        run.Step();

        Assert.Equal(["0: system a1 b2", "0.5: system a1 b11"], seen);
        Assert.Equal([[1], [11]], [run.Observation("a"), run.Observation("b")]);
    }

    [Fact]
    public void SimulateWith_StateOfAnUnknownAgent_NamesThoseThereAre()
    {
        PlainField a = new("a");
        a.Declare(1, Visibility.Owner);
        TeamRun run = Start(a, builder => builder.SimulateWith((states, in _) => [AgentState.Of(AgentLevel.Field, "z", states["a"].Features)]));

        Assert.Contains("One-v0 has no agent 'z'. Its agents are: system, a.", Assert.Throws<ArgumentException>(() => run.Step()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Step_StepFunction_AllocatesNothing()
    {
        PlainField a = new("a");
        Feature<Reading> reading = a.Declare(8, Visibility.Owner);
        TeamRun run = Start(a, builder => builder.SimulateWith((in context) => context.Get(reading).Value += 1));
        run.Step();

        long allocated = Allocations.Of(() =>
        {
            for (int step = 0; step < 1000; step++)
            {
                run.Step();
            }
        });

        Assert.Equal(0, allocated);
    }

    private static TeamRun Start(PlainField agent, Func<HeronEnvironmentBuilder, HeronEnvironmentBuilder> simulate) => Start([agent], simulate);

    private static TeamRun Start(PlainField[] agents, Func<HeronEnvironmentBuilder, HeronEnvironmentBuilder> simulate)
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("One-v0", new HeronEnvironmentOptions { StepSeconds = 0.5 }).Add(new PlainSystem());
        foreach (PlainField agent in agents)
        {
            builder.Add(agent, "system");
        }

        return new TeamRun(simulate(builder).Build());
    }
}

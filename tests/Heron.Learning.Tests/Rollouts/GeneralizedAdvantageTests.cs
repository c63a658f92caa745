using System.Text.Json;
using Heron.Learning.Ppo;
using Heron.Learning.Rollouts;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Rollouts;

public sealed class GeneralizedAdvantageTests
{
    private const string Topic = "04_gae";

    public static TheoryData<string> Grids => GoldenFile.Names(Topic, item => item.Name.StartsWith("grid", StringComparison.Ordinal));

    [Theory]
    [MemberData(nameof(Grids))]
    public void Compute_RecordedGrid_MatchesReference(string name)
    {
        GoldenCase item = GoldenFile.Case(Topic, name);
        int steps = item.Inputs.GetProperty("rewards").GetProperty("shape")[0].GetInt32();
        int copies = item.Inputs.GetProperty("rewards").GetProperty("shape")[1].GetInt32();
        float[] rewards = item.Floats("rewards"), values = item.Floats("values"), finalValues = item.Floats("final_values"), bootstrap = item.Floats("bootstrap_values");
        int[] terminated = item.Integers("terminated"), truncated = item.Integers("truncated");
        float[] advantages = new float[steps * copies], targets = new float[steps * copies];

        for (int copy = 0; copy < copies; copy++)
        {
            var ends = new RowEnd[steps];
            float[] nextValues = Column(finalValues, copy, copies);
            for (int t = 0; t < steps; t++)
            {
                int i = (t * copies) + copy;
                ends[t] = (terminated[i] != 0 ? RowEnd.Terminated : 0) | (truncated[i] != 0 ? RowEnd.Truncated : 0);
            }

            if (ends[^1] == RowEnd.None)
            {
                ends[^1] = RowEnd.Cut;
                nextValues[^1] = bootstrap[copy];
            }

            float[] a = new float[steps], y = new float[steps];
            GeneralizedAdvantage.Compute(Column(rewards, copy, copies), Column(values, copy, copies), nextValues, ends, item.Number("gamma"), item.Number("lambda"), a, y);
            for (int t = 0; t < steps; t++)
            {
                advantages[(t * copies) + copy] = a[t];
                targets[(t * copies) + copy] = y[t];
            }
        }

        item.Check("advantages", advantages);
        item.Check("value_targets", targets);
        (float mean, float scale) = AdvantageMoments.OfBatch(advantages);
        item.Check("adv_population_std_floor", [.. advantages.Select(advantage => (advantage - mean) * scale)]);
        (mean, scale) = AdvantageMoments.OfMinibatch(advantages, [.. Enumerable.Range(0, advantages.Length)]);
        item.Check("adv_sample_std_eps", [.. advantages.Select(advantage => (advantage - mean) * scale)]);
    }

    [Fact]
    public void Compute_RecordedSegmentsInOneCall_MatchesReference()
    {
        GoldenCase item = GoldenFile.Case(Topic, "segments_agents");
        JsonElement[] segments = [.. item.Inputs.GetProperty("segments").EnumerateArray()];
        float[] rewards = [.. segments.SelectMany(segment => GoldenCase.Floats(segment.GetProperty("rewards")))];
        float[] values = [.. segments.SelectMany(segment => GoldenCase.Floats(segment.GetProperty("values")))];
        float[] nextValues = new float[rewards.Length], advantages = new float[rewards.Length], targets = new float[rewards.Length];
        var ends = new RowEnd[rewards.Length];
        int last = -1;
        foreach (JsonElement segment in segments)
        {
            last += segment.GetProperty("length").GetInt32();
            ends[last] = Enum.Parse<RowEnd>(segment.GetProperty("end").GetString()!, ignoreCase: true);
            nextValues[last] = segment.GetProperty("last_value").GetSingle();
        }

        GeneralizedAdvantage.Compute(rewards, values, nextValues, ends, item.Number("gamma"), item.Number("lambda"), advantages, targets);

        int first = 0;
        for (int i = 0; i < segments.Length; i++)
        {
            int length = segments[i].GetProperty("length").GetInt32();
            item.Check($"segments.{i}.advantages", advantages.AsSpan(first, length));
            item.Check($"segments.{i}.value_targets", targets.AsSpan(first, length));
            first += length;
        }

        (float mean, float scale) = AdvantageMoments.OfBatch(advantages);
        item.Check("batch_adv_mean", mean);
        item.Check("batch_adv_population_std", 1 / scale);
    }

    [Fact]
    public void Compute_RecordedChunksOfRllib_MatchesRealRows()
    {
        GoldenCase item = GoldenFile.Case(Topic, "rllib_flat");
        float[] allRewards = item.Floats("rewards"), allValues = item.Floats("values");
        int[] mask = item.Integers("mask"), terminated = item.Integers("terminated");

        // Each chunk ends with one more row that only holds the value of its last observation.
        int[] real = [.. Enumerable.Range(0, mask.Length).Where(i => mask[i] != 0)];
        float[] rewards = [.. real.Select(i => allRewards[i])], values = [.. real.Select(i => allValues[i])];
        float[] nextValues = [.. real.Select(i => allValues[i + 1])];
        RowEnd[] ends = [.. real.Select(i => mask[i + 1] != 0 ? RowEnd.None : terminated[i] != 0 ? RowEnd.Terminated : RowEnd.Cut)];
        float[] advantages = new float[real.Length], targets = new float[real.Length];

        GeneralizedAdvantage.Compute(rewards, values, nextValues, ends, item.Number("gamma"), item.Number("lambda"), advantages, targets);

        item.Check("advantages_real", advantages);
        item.Check("value_targets_real", targets);
        (float mean, float scale) = AdvantageMoments.OfBatch(advantages);
        item.Check("standardised_real_only", [.. advantages.Select(advantage => (advantage - mean) * scale)]);
    }

    // Rewards 1, 2, 4 at gamma 1/2 give returns 3, 4, 4; the last step is terminated.
    [Fact]
    public void Compute_LambdaOne_IsReturnMinusValue()
    {
        float[] rewards = [1, 2, 4], values = [0.5f, -1, 2], advantages = new float[3], targets = new float[3];

        GeneralizedAdvantage.Compute(rewards, values, [7, 7, 7], [RowEnd.None, RowEnd.None, RowEnd.Terminated], 0.5f, 1, advantages, targets);

        Assert.Equal([2.5f, 5, 2], advantages);
        Assert.Equal([3f, 4, 4], targets);
    }

    [Theory]
    [InlineData(RowEnd.Terminated, 1)]
    [InlineData(RowEnd.Truncated, 6)]
    [InlineData(RowEnd.Cut, 6)]
    [InlineData(RowEnd.Terminated | RowEnd.Truncated, 1)]
    public void Compute_EndOfTrajectory_OnlyTerminationLeavesOutTheNextValue(RowEnd end, float expectedTarget)
    {
        float[] advantages = new float[1], targets = new float[1];

        GeneralizedAdvantage.Compute([1], [3], [10], [end], 0.5f, 0.9f, advantages, targets);

        Assert.Equal(expectedTarget, targets[0]);
    }

    [Fact]
    public void Compute_LastRowWithoutEnd_Throws()
    {
        var error = Assert.Throws<ArgumentException>(() => GeneralizedAdvantage.Compute([1, 1], [0, 0], [0, 0], [RowEnd.Cut, RowEnd.None], 1, 1, new float[2], new float[2]));

        Assert.Contains("Row 1 is the last but has no end", error.Message, StringComparison.Ordinal);
    }

    private static float[] Column(float[] grid, int column, int columns) =>
        [.. Enumerable.Range(0, grid.Length / columns).Select(row => grid[(row * columns) + column])];
}

namespace Heron.Learning.Rollouts;

/// <summary>Generalized advantage estimation (Schulman et al., 2015).</summary>
/// <remarks>
/// With reward r, value v and value w of what follows (0 after a termination):
/// delta(t) = r(t) + gamma w(t) - v(t), advantage(t) = delta(t) + gamma lambda advantage(t + 1), where nothing is carried
/// over the end of a trajectory. The value target is advantage(t) + v(t).
/// </remarks>
public static class GeneralizedAdvantage
{
    /// <summary>Computes advantages and value targets of trajectories that lie one after the other.</summary>
    /// <param name="rewards">Reward of each row, in time order. Shape (rows).</param>
    /// <param name="values">Value of each row's observation. Shape (rows).</param>
    /// <param name="nextValues">Value of the observation that follows; read only where a row is truncated or cut and not terminated. Shape (rows).</param>
    /// <param name="ends">Why a trajectory ends at a row. The last row must have an end. Shape (rows).</param>
    /// <param name="gamma">Discount per row, 0 to 1.</param>
    /// <param name="lambda">Decay of the estimate, 0 to 1: 1 gives the discounted return minus the value.</param>
    /// <param name="advantages">Receives the advantages. Shape (rows).</param>
    /// <param name="valueTargets">Receives the value targets. Shape (rows).</param>
    /// <exception cref="ArgumentException">Lengths differ, or the last row has no end.</exception>
    public static void Compute(
        ReadOnlySpan<float> rewards,
        ReadOnlySpan<float> values,
        ReadOnlySpan<float> nextValues,
        ReadOnlySpan<RowEnd> ends,
        float gamma,
        float lambda,
        Span<float> advantages,
        Span<float> valueTargets)
    {
        int rows = rewards.Length;
        if (values.Length != rows || nextValues.Length != rows || ends.Length != rows || advantages.Length != rows || valueTargets.Length != rows)
        {
            throw new ArgumentException(
                $"{rows} rewards come with {values.Length} values, {nextValues.Length} next values, {ends.Length} ends, {advantages.Length} advantages and {valueTargets.Length} value targets; all need one number per row.");
        }

        if (rows > 0 && ends[^1] == RowEnd.None)
        {
            throw new ArgumentException($"Row {rows - 1} is the last but has no end; mark it as cut and give the value of the observation after it.", nameof(ends));
        }

        float carried = 0;
        for (int t = rows - 1; t >= 0; t--)
        {
            RowEnd end = ends[t];
            float following = end == RowEnd.None ? values[t + 1] : (end & RowEnd.Terminated) != 0 ? 0 : nextValues[t];
            float delta = rewards[t] + (gamma * following) - values[t];
            carried = end == RowEnd.None ? delta + (gamma * lambda * carried) : delta;
            advantages[t] = carried;
            valueTargets[t] = carried + values[t];
        }
    }
}

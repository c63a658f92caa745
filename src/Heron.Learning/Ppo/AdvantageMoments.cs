namespace Heron.Learning.Ppo;

/// <summary>Means and deviations of a batch.</summary>
internal static class AdvantageMoments
{
    /// <summary>Mean, and 1 / max(1e-4, population's deviation).</summary>
    public static (float Mean, float Scale) OfBatch(ReadOnlySpan<float> advantages)
    {
        double sum = 0;
        foreach (float advantage in advantages)
        {
            sum += advantage;
        }

        double mean = sum / advantages.Length;
        double squares = 0;
        foreach (float advantage in advantages)
        {
            squares += (advantage - mean) * (advantage - mean);
        }

        return ((float)mean, (float)(1 / Math.Max(1e-4, Math.Sqrt(squares / advantages.Length))));
    }

    /// <summary>Mean, and 1 / (sample's deviation + 1e-8), of some rows.</summary>
    public static (float Mean, float Scale) OfMinibatch(ReadOnlySpan<float> advantages, ReadOnlySpan<int> rows)
    {
        double sum = 0;
        foreach (int row in rows)
        {
            sum += advantages[row];
        }

        double mean = sum / rows.Length;
        double squares = 0;
        foreach (int row in rows)
        {
            squares += (advantages[row] - mean) * (advantages[row] - mean);
        }

        return ((float)mean, (float)(1 / (Math.Sqrt(squares / Math.Max(1, rows.Length - 1)) + 1e-8)));
    }

    /// <summary>1 - Var(target - value) / Var(target); 0 when all targets are equal.</summary>
    public static double ExplainedVariance(ReadOnlySpan<float> values, ReadOnlySpan<float> targets)
    {
        double targetSum = 0, errorSum = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            targetSum += targets[i];
            errorSum += (double)targets[i] - values[i];
        }

        double targetMean = targetSum / targets.Length, errorMean = errorSum / targets.Length;
        double targetSquares = 0, errorSquares = 0;
        for (int i = 0; i < targets.Length; i++)
        {
            double target = targets[i] - targetMean, error = (double)targets[i] - values[i] - errorMean;
            targetSquares += target * target;
            errorSquares += error * error;
        }

        return targetSquares == 0 ? 0 : 1 - (errorSquares / targetSquares);
    }
}

using System.Runtime.InteropServices;

namespace Heron.Learning.Rollouts;

/// <summary>Adds up returns and lengths of running episodes, and what is reported of those that end.</summary>
internal sealed class EpisodeTracker(int copies, int agents)
{
    // Running episodes, shape (copies, agents) and (copies).
    private readonly double[] _returns = new double[copies * agents];
    private readonly int[] _lengths = new int[copies];

    // Sums over the episodes that ended since the last Clear.
    private readonly double[] _agentReturns = new double[agents];

    /// <summary>Episodes that ended since the last <see cref="Clear"/>.</summary>
    public int Finished { get; private set; }

    public double ReturnSum { get; private set; }

    public double MinimumReturn { get; private set; }

    public double MaximumReturn { get; private set; }

    public long LengthSum { get; private set; }

    public int MinimumLength { get; private set; }

    public int MaximumLength { get; private set; }

    /// <summary>Sum of an agent's returns over the episodes that ended.</summary>
    public double AgentReturnSum(int agent) => _agentReturns[agent];

    /// <summary>Forgets the episodes that ended, not those that run.</summary>
    public void Clear()
    {
        Finished = 0;
        ReturnSum = 0;
        MinimumReturn = double.PositiveInfinity;
        MaximumReturn = double.NegativeInfinity;
        LengthSum = 0;
        MinimumLength = int.MaxValue;
        MaximumLength = 0;
        _agentReturns.AsSpan().Clear();
    }

    /// <summary>Forgets everything.</summary>
    public void Restart()
    {
        Clear();
        _returns.AsSpan().Clear();
        _lengths.AsSpan().Clear();
    }

    /// <summary>Adds one step of a copy.</summary>
    /// <param name="copy">Index of the copy.</param>
    /// <param name="rewards">Shape (agents).</param>
    /// <param name="ended">Whether the episode ended in it.</param>
    public void Add(int copy, ReadOnlySpan<float> rewards, bool ended)
    {
        Span<double> returns = _returns.AsSpan(copy * rewards.Length, rewards.Length);
        for (int agent = 0; agent < rewards.Length; agent++)
        {
            returns[agent] += rewards[agent];
        }

        _lengths[copy]++;
        if (ended)
        {
            Finish(returns, ref _lengths[copy]);
        }
    }

    /// <summary>Writes the running episodes.</summary>
    public void SaveState(BinaryWriter writer)
    {
        writer.Write(MemoryMarshal.AsBytes(_returns.AsSpan()));
        writer.Write(MemoryMarshal.AsBytes(_lengths.AsSpan()));
    }

    /// <summary>Takes over what <see cref="SaveState"/> wrote.</summary>
    public void LoadState(BinaryReader reader)
    {
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_returns.AsSpan()));
        reader.BaseStream.ReadExactly(MemoryMarshal.AsBytes(_lengths.AsSpan()));
    }

    private void Finish(Span<double> returns, ref int length)
    {
        double sum = 0;
        for (int agent = 0; agent < returns.Length; agent++)
        {
            sum += returns[agent];
            _agentReturns[agent] += returns[agent];
        }

        Finished++;
        ReturnSum += sum;
        MinimumReturn = Math.Min(MinimumReturn, sum);
        MaximumReturn = Math.Max(MaximumReturn, sum);
        LengthSum += length;
        MinimumLength = Math.Min(MinimumLength, length);
        MaximumLength = Math.Max(MaximumLength, length);
        returns.Clear();
        length = 0;
    }
}

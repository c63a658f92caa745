using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Heron.Core.Randomness;

namespace Heron.Core.Environments;

/// <summary>Several copies of one environment, stepped together over blocks of memory with one row per copy.</summary>
/// <remarks>
/// Not safe for concurrent calls. <see cref="Step"/>, the resets and <see cref="FindActionViolation"/> allocate nothing on
/// any thread; what a copy does depends neither on the number of copies nor on the number of threads. Should an environment
/// throw, its exception reaches the caller of <see cref="Step"/> or the reset, and the copies are in no defined state afterwards.
/// </remarks>
public sealed class VectorEnvironment : IDisposable
{
    // Below this a second thread costs more in waking up than it saves.
    private const int CopiesPerThread = 128;

    private readonly IMultiAgentEnvironment[] _copies;
    private readonly EpisodeStatus[] _statuses;
    private readonly bool[] _resetPending;
    private readonly uint[] _resetSeeds;
    private readonly CopyWorkers _workers;
    private readonly ActionCheck _actionCheck;
    private readonly VectorState _state;

    // A reset within a step writes its zero rewards here, because the step's own rewards must survive it.
    private readonly BufferBlock<float> _resetRewards;

    // Kept, because turning a method into a delegate allocates.
    private readonly Action<int, int> _stepCopies;
    private readonly Action<int, int> _resetCopies;
    private byte[] _scratch = [];

    /// <summary>Makes the copies; each needs a reset before its first step.</summary>
    /// <param name="factory">The environment.</param>
    /// <param name="count">Copies, at least 1.</param>
    /// <param name="autoreset">What happens to a copy whose episode is over.</param>
    /// <param name="threads">Threads that step them, the caller's included; 0 = one per 128 copies, at most one per core.</param>
    /// <exception cref="ArgumentException">A number is out of range, or the copies do not fit into one block of memory.</exception>
    public VectorEnvironment(EnvironmentFactory factory, int count, AutoresetMode autoreset = AutoresetMode.Disabled, int threads = 0)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Spec = factory.Spec;
        Count = count;
        AutoresetMode = autoreset;
        EnvironmentLayout layout = Spec.Layout;
        int metrics = Spec.MetricNames.Count;
        int withFinal = autoreset == AutoresetMode.SameStep ? 1 : 0;
        ContinuousActions = new(count, layout.ContinuousLength);
        DiscreteActions = new(count, layout.DiscreteLength);
        Observations = new(count, layout.ObservationLength);
        Rewards = new(count, layout.AgentCount);
        AgentFlags = new(count, layout.AgentCount);
        CopyFlags = new(count, 1);
        Masks = new(count, layout.MaskLength);
        Metrics = new(count, metrics);
        EpisodeSeeds = new(count, 1);
        EpisodeSteps = new(count, 1);
        FinalObservations = new(count, withFinal * layout.ObservationLength);
        FinalAgentFlags = new(count, withFinal * layout.AgentCount);
        FinalMetrics = new(count, withFinal * metrics);
        _resetRewards = new(count, withFinal * layout.AgentCount);
        _statuses = new EpisodeStatus[count];
        _resetPending = new bool[count];
        _resetSeeds = new uint[count];
        _copies = [.. Enumerable.Range(0, count).Select(_ => factory.Create())];
        _actionCheck = new ActionCheck(Spec);
        _state = new VectorState(this, _copies, _statuses);
        _stepCopies = StepCopies;
        _resetCopies = ResetCopies;
        int useful = Math.Clamp(count / CopiesPerThread, 1, Environment.ProcessorCount);
        _workers = new CopyWorkers(Math.Min(threads == 0 ? useful : threads, count), count);
    }

    /// <summary>What is fixed about the environment.</summary>
    public EnvironmentSpec Spec { get; }

    /// <summary>Number of copies.</summary>
    public int Count { get; }

    /// <summary>What happens to a copy whose episode is over.</summary>
    public AutoresetMode AutoresetMode { get; }

    /// <summary>Threads that step the copies, the caller's included.</summary>
    public int ThreadCount => _workers.ThreadCount;

    /// <summary>In: continuous actions, shape (copies, <see cref="EnvironmentLayout.ContinuousLength"/>). Numbers of agents that need not act are ignored.</summary>
    public BufferBlock<float> ContinuousActions { get; }

    /// <summary>In: discrete actions, shape (copies, <see cref="EnvironmentLayout.DiscreteLength"/>).</summary>
    public BufferBlock<int> DiscreteActions { get; }

    /// <summary>Out: observations, shape (copies, <see cref="EnvironmentLayout.ObservationLength"/>). Agents that are not observed keep their last numbers.</summary>
    public BufferBlock<float> Observations { get; }

    /// <summary>Out: rewards of the last step, shape (copies, agents); 0 after a reset, except in the step that also ended an episode.</summary>
    public BufferBlock<float> Rewards { get; }

    /// <summary>Out: flags, shape (copies, agents). Only to be read.</summary>
    public BufferBlock<AgentFlags> AgentFlags { get; }

    /// <summary>Out: what happened to each copy in the last call, shape (copies, 1).</summary>
    public BufferBlock<CopyFlags> CopyFlags { get; }

    /// <summary>Out: action masks, shape (copies, <see cref="EnvironmentLayout.MaskLength"/>), 1 = allowed.</summary>
    public BufferBlock<byte> Masks { get; }

    /// <summary>Out: metrics, shape (copies, metrics).</summary>
    public BufferBlock<float> Metrics { get; }

    /// <summary>Out: seed of each copy's running or just ended episode, shape (copies, 1).</summary>
    public BufferBlock<uint> EpisodeSeeds { get; }

    /// <summary>Out: steps of each copy since its reset, shape (copies, 1).</summary>
    public BufferBlock<int> EpisodeSteps { get; }

    /// <summary>Out: last observations of an episode that ended and was followed by another in the same step, shape of <see cref="Observations"/>; rows of other copies are unspecified. Rows are empty unless the mode is <see cref="AutoresetMode.SameStep"/>.</summary>
    public BufferBlock<float> FinalObservations { get; }

    /// <summary>Out: last flags of such an episode, shape of <see cref="AgentFlags"/> or empty rows.</summary>
    public BufferBlock<AgentFlags> FinalAgentFlags { get; }

    /// <summary>Out: last metrics of such an episode, shape of <see cref="Metrics"/> or empty rows.</summary>
    public BufferBlock<float> FinalMetrics { get; }

    /// <summary>Bytes that <see cref="SaveState"/> writes now.</summary>
    public int StateByteCount => _state.ByteCount;

    /// <summary>Whether a copy was ever reset.</summary>
    /// <param name="copy">Index of the copy.</param>
    public bool HasStarted(int copy) => _statuses[copy] != EpisodeStatus.NotStarted;

    /// <summary>Whether a copy's episode is over, and no other has begun.</summary>
    /// <param name="copy">Index of the copy.</param>
    public bool IsEpisodeOver(int copy) => _statuses[copy] == EpisodeStatus.Over;

    /// <summary>Starts an episode in every copy.</summary>
    /// <param name="seed">Copy i gets seed + i. Null: the seed that follows from the copy's last one, a random one at first.</param>
    public void Reset(uint? seed = null)
    {
        for (int copy = 0; copy < Count; copy++)
        {
            _resetSeeds[copy] = EpisodeSeed.ForCopy(seed.GetValueOrDefault(), copy);
        }

        _resetPending.AsSpan().Fill(true);
        RunReset(followOn: seed is null);
    }

    /// <summary>Starts an episode in some copies. The others keep everything, but their <see cref="CopyFlags"/> are cleared.</summary>
    /// <param name="mask">Shape (copies), 1 = reset this copy, 0 = leave it; empty = all copies.</param>
    /// <param name="seeds">Shape (copies), the episode seeds, read where the mask is 1; empty = each follows from the copy's last one, a random one at first.</param>
    /// <exception cref="ArgumentException">A length differs from the number of copies, or the mask holds something else than 0 and 1; nothing is changed.</exception>
    public void Reset(ReadOnlySpan<byte> mask, ReadOnlySpan<uint> seeds)
    {
        if (mask.Length != 0 && mask.Length != Count)
        {
            throw new ArgumentException($"The reset mask has {mask.Length} entries; it takes one for each of the {Count} copies, or none to reset all.", nameof(mask));
        }

        if (seeds.Length != 0 && seeds.Length != Count)
        {
            throw new ArgumentException($"There are {seeds.Length} episode seeds; it takes one for each of the {Count} copies, or none to follow on from the last ones.", nameof(seeds));
        }

        int wrong = mask.IndexOfAnyExceptInRange((byte)0, (byte)1);
        if (wrong >= 0)
        {
            throw new ArgumentException($"The reset mask has {mask[wrong]} for copy {wrong}; it takes 0 or 1.", nameof(mask));
        }

        for (int copy = 0; copy < Count; copy++)
        {
            _resetPending[copy] = mask.IsEmpty || mask[copy] == 1;
        }

        seeds.CopyTo(_resetSeeds);
        RunReset(followOn: seeds.IsEmpty);
    }

    /// <summary>Advances every copy by one step, or resets those whose episode is over as the autoreset mode says.</summary>
    /// <exception cref="EpisodeStateException">A copy was never reset, or is over without autoreset; nothing is changed.</exception>
    /// <exception cref="ObjectDisposedException">The environment has been disposed.</exception>
    public void Step()
    {
        ReadOnlySpan<EpisodeStatus> statuses = _statuses;
        int notStarted = statuses.IndexOf(EpisodeStatus.NotStarted);
        if (notStarted >= 0)
        {
            throw new EpisodeStateException($"Copy {notStarted} of {Spec.Id} has no episode to step; call Reset first.");
        }

        int over = AutoresetMode == AutoresetMode.Disabled ? statuses.IndexOf(EpisodeStatus.Over) : -1;
        if (over >= 0)
        {
            throw new EpisodeStateException($"The episode of copy {over} of {Spec.Id} is over; call Reset to start the next one.");
        }

        _workers.Run(_stepCopies);
    }

    /// <summary>Looks for an action that must not be stepped with: one of an agent that must act which is not finite, or not a category of its head.</summary>
    /// <returns>The first one, or null when there is none. Finite numbers outside a Box are fine: the environment clips them.</returns>
    public ActionViolation? FindActionViolation() => _actionCheck.Find(ContinuousActions, DiscreteActions, AgentFlags, Count);

    /// <summary>Writes the whole state of all copies, their last results included. Actions are no part of it.</summary>
    /// <param name="destination">Exactly <see cref="StateByteCount"/> bytes.</param>
    /// <exception cref="ArgumentException">The length does not fit.</exception>
    public void SaveState(Span<byte> destination) => _state.Save(destination);

    /// <summary>Takes over a state and continues bit for bit. The autoreset mode may differ from that of the saved copies, the numbers of threads too.</summary>
    /// <param name="source">Bytes written by <see cref="SaveState"/>.</param>
    /// <exception cref="ArgumentException">Saved by another format version, environment, parameters, agents or number of copies, or damaged; the message names it and nothing is changed.</exception>
    public void LoadState(ReadOnlySpan<byte> source) => _state.Load(source);

    /// <summary>A hash of everything that decides how a copy goes on: equal states have equal digests, in every process.</summary>
    /// <param name="copy">Index of the copy.</param>
    public uint StateDigest(int copy) => _state.Digest(copy, ref _scratch);

    /// <summary>Draws one copy as text.</summary>
    /// <param name="copy">Index of the copy.</param>
    /// <param name="mode">One of <see cref="EnvironmentSpec.RenderModes"/>.</param>
    /// <exception cref="ArgumentException">No such copy or mode; the message names those there are.</exception>
    /// <exception cref="EpisodeStateException">The copy was never reset.</exception>
    public string Render(int copy, string mode)
    {
        if ((uint)copy >= (uint)Count)
        {
            throw new ArgumentOutOfRangeException(nameof(copy), copy, $"{Spec.Id} has copies 0 to {Count - 1} here.");
        }

        if (!Spec.RenderModes.Contains(mode))
        {
            string modes = Spec.RenderModes.Count == 0 ? "none" : string.Join(", ", Spec.RenderModes);
            throw new ArgumentException($"{Spec.Id} cannot render '{mode}'. Modes: {modes}.", nameof(mode));
        }

        return HasStarted(copy)
            ? _copies[copy].Render(mode)
            : throw new EpisodeStateException($"Copy {copy} of {Spec.Id} has nothing to render yet; call Reset first.");
    }

    /// <summary>Ends the threads; steps and resets throw afterwards, results can still be read.</summary>
    public void Dispose() => _workers.Dispose();

    private void RunReset(bool followOn)
    {
        if (followOn)
        {
            ChooseFollowingSeeds();
        }

        _workers.Run(_resetCopies);
    }

    private void ChooseFollowingSeeds()
    {
        uint fresh = 0;
        if (_statuses.AsSpan().Contains(EpisodeStatus.NotStarted))
        {
            RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(new Span<uint>(ref fresh)));
        }

        for (int copy = 0; copy < Count; copy++)
        {
            _resetSeeds[copy] = HasStarted(copy) ? EpisodeSeed.Next(EpisodeSeeds.All[copy]) : EpisodeSeed.ForCopy(fresh, copy);
        }
    }

    private void ResetCopies(int first, int end)
    {
        for (int copy = first; copy < end; copy++)
        {
            CopyFlags.All[copy] = Environments.CopyFlags.None;
            if (_resetPending[copy])
            {
                ResetCopy(copy, _resetSeeds[copy], Rewards.Row(copy));
            }
        }
    }

    private void StepCopies(int first, int end)
    {
        for (int copy = first; copy < end; copy++)
        {
            if (_statuses[copy] == EpisodeStatus.Over)
            {
                ResetCopy(copy, EpisodeSeed.Next(EpisodeSeeds.All[copy]), Rewards.Row(copy));
            }
            else
            {
                StepCopy(copy);
            }
        }
    }

    private void StepCopy(int copy)
    {
        _copies[copy].Step(BuffersOf(copy, Rewards.Row(copy)));
        EpisodeSteps.All[copy]++;
        CopyFlags.All[copy] = Environments.CopyFlags.None;
        if (AgentFlags.Row(copy).AnyAlive())
        {
            return;
        }

        _statuses[copy] = EpisodeStatus.Over;
        if (AutoresetMode == AutoresetMode.SameStep)
        {
            Observations.Row(copy).CopyTo(FinalObservations.Row(copy));
            AgentFlags.Row(copy).CopyTo(FinalAgentFlags.Row(copy));
            Metrics.Row(copy).CopyTo(FinalMetrics.Row(copy));
            ResetCopy(copy, EpisodeSeed.Next(EpisodeSeeds.All[copy]), _resetRewards.Row(copy));
        }

        CopyFlags.All[copy] |= Environments.CopyFlags.Ended;
    }

    private void ResetCopy(int copy, uint seed, Span<float> rewards)
    {
        _copies[copy].Reset(seed, BuffersOf(copy, rewards));
        EpisodeSeeds.All[copy] = seed;
        EpisodeSteps.All[copy] = 0;
        CopyFlags.All[copy] = Environments.CopyFlags.WasReset;
        _statuses[copy] = AgentFlags.Row(copy).AnyAlive() ? EpisodeStatus.Running : EpisodeStatus.Over;
    }

    private StepBuffers BuffersOf(int copy, Span<float> rewards) => new()
    {
        Layout = Spec.Layout,
        ContinuousActions = ContinuousActions.Row(copy),
        DiscreteActions = DiscreteActions.Row(copy),
        Observations = Observations.Row(copy),
        Rewards = rewards,
        Flags = AgentFlags.Row(copy),
        Masks = Masks.Row(copy),
        Metrics = Metrics.Row(copy),
    };
}

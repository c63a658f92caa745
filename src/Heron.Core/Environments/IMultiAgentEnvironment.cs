namespace Heron.Core.Environments;

/// <summary>One copy of an environment. Everything that steps (learner, server, conformance suite, benchmarks, command line) sees only this.</summary>
/// <remarks>
/// Not safe for concurrent calls; copies are independent of each other. <see cref="Reset"/> and <see cref="Step"/> allocate
/// nothing and throw nothing. The whole state, clock and random streams included, is what <see cref="SaveState"/> writes:
/// buffers are outputs and no part of it, except that flags of the last call are still in them at the next.
/// </remarks>
public interface IMultiAgentEnvironment
{
    /// <summary>What is fixed about it; the same object for all copies of one factory.</summary>
    EnvironmentSpec Spec { get; }

    /// <summary>Starts an episode and writes first observations, flags, masks and metrics; rewards are set to 0.</summary>
    /// <param name="seed">The episode's seed: the same seed gives the same episode for the same actions.</param>
    /// <param name="buffers">Slices of the caller's memory.</param>
    void Reset(uint seed, in StepBuffers buffers);

    /// <summary>Advances by one step. Call only while an agent is alive.</summary>
    /// <param name="buffers">The same memory as at the last call, with the actions filled in.</param>
    void Step(in StepBuffers buffers);

    /// <summary>Bytes that <see cref="SaveState"/> writes now.</summary>
    int StateByteCount { get; }

    /// <summary>Writes the whole state.</summary>
    /// <param name="destination">Exactly <see cref="StateByteCount"/> bytes.</param>
    void SaveState(Span<byte> destination);

    /// <summary>Takes over a state written by <see cref="SaveState"/> of a copy with equal parameters and continues bit for bit.</summary>
    /// <param name="source">The bytes.</param>
    /// <exception cref="ArgumentException">The length does not fit; the state is unchanged.</exception>
    void LoadState(ReadOnlySpan<byte> source);

    /// <summary>Draws the current state as text.</summary>
    /// <param name="mode">One of <see cref="EnvironmentSpec.RenderModes"/>.</param>
    /// <exception cref="ArgumentException">The mode is not offered; the message names those that are.</exception>
    string Render(string mode) =>
        throw new ArgumentException($"{Spec.Id} cannot render '{mode}'. Modes: {(Spec.RenderModes.Count == 0 ? "none" : string.Join(", ", Spec.RenderModes))}.", nameof(mode));
}

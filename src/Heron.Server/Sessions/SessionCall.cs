using Heron.Core.Environments;

namespace Heron.Server.Sessions;

/// <summary>A numbered call of a session: what it does and how its reply is made from the results.</summary>
/// <typeparam name="TReply">The reply.</typeparam>
public abstract class SessionCall<TReply>
{
    /// <summary>What it asks for; equal content makes a repeat.</summary>
    public abstract CallContent Content { get; }

    /// <summary>Checks the request and does the work. Whatever is wrong is thrown before anything changes.</summary>
    /// <param name="environment">Nobody else touches it meanwhile.</param>
    /// <exception cref="InvalidRequestException">A field is malformed.</exception>
    /// <exception cref="EpisodeStateException">The episode is not in a state for it.</exception>
    public abstract void CarryOut(VectorEnvironment environment);

    /// <summary>Makes the reply, also for a repeat: the results of the last call stand in the environment's buffers until the next.</summary>
    /// <param name="environment">Nobody else changes it meanwhile.</param>
    /// <param name="sequence">The number of the call.</param>
    public abstract TReply Reply(VectorEnvironment environment, uint sequence);
}

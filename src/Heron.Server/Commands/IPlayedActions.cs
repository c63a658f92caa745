using Heron.Core.Environments;

namespace Heron.Server.Commands;

/// <summary>Decides what the agents of a played environment do.</summary>
internal interface IPlayedActions
{
    /// <summary>An episode begins.</summary>
    /// <param name="seed">Its seed; the actions follow from it.</param>
    void Start(uint seed);

    /// <summary>Fills the action buffers of the first copy before a step.</summary>
    void Write(VectorEnvironment environment);
}

namespace Heron.Core.Environments;

/// <summary>A call does not fit the state of the episode: a step before the first reset or after the end.</summary>
/// <param name="message">What is wrong and which call comes first.</param>
public sealed class EpisodeStateException(string message) : Exception(message);

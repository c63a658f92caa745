namespace Heron.Learning.Checkpoints;

/// <summary>A checkpoint or run folder cannot be used; the message names the file and what is wrong with it.</summary>
/// <param name="message">For the person who named the folder.</param>
/// <param name="innerException">What lies behind it, if anything.</param>
public sealed class CheckpointException(string message, Exception? innerException = null) : Exception(message, innerException);

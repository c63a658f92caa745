namespace Heron.Server.Driving;

/// <summary>The server's folder of runs holds no such checkpoint.</summary>
/// <param name="message">Its name, and what there is.</param>
internal sealed class CheckpointNotFoundException(string message) : Exception(message);

namespace Heron.Server.Driving;

/// <summary>A client that drives episodes has not answered for as long as it may.</summary>
/// <param name="message">What was waited for and how long.</param>
internal sealed class DriveLeaseException(string message) : Exception(message);

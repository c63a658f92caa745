namespace Heron.Server.Driving;

/// <summary>A message came that the drive does not wait for.</summary>
/// <param name="message">What came, and what is waited for.</param>
internal sealed class DriveStateException(string message) : Exception(message);

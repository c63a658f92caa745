using Microsoft.Extensions.Logging;

namespace Heron.Server.Tests.Shared;

/// <summary>One thing that the server logged.</summary>
public sealed record LogEntry(LogLevel Level, string Category, int EventId, string Message, Exception? Exception);

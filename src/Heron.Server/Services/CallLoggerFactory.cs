namespace Heron.Server.Services;

/// <summary>Makes loggers; that of the gRPC library takes a client which leaves in the middle of its request for what it is.</summary>
/// <param name="inner">Makes the loggers proper.</param>
/// <remarks>The library reads the request of a unary call before any of our code runs, and reports a failure there as an error of the service.</remarks>
internal sealed class CallLoggerFactory(ILoggerFactory inner) : ILoggerFactory
{
    private const string LibraryCategory = "Grpc.AspNetCore.Server.ServerCallHandler";

    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName)
    {
        ILogger logger = inner.CreateLogger(categoryName);
        return categoryName == LibraryCategory ? new LenientLogger(logger) : logger;
    }

    /// <inheritdoc/>
    public void AddProvider(ILoggerProvider provider) => inner.AddProvider(provider);

    /// <inheritdoc/>
    public void Dispose() => inner.Dispose();

    private sealed class LenientLogger(ILogger inner) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => inner.BeginScope(state);

        public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            bool clientLeft = logLevel >= LogLevel.Error && exception is IOException or OperationCanceledException;
            inner.Log(clientLeft ? LogLevel.Debug : logLevel, eventId, state, exception, formatter);
        }
    }
}

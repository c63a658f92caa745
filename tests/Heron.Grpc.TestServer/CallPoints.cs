using System.Collections.Concurrent;

namespace Heron.Grpc.TestServer;

/// <summary>Points that calls have reached, for others to wait for.</summary>
public sealed class CallPoints
{
    private readonly ConcurrentDictionary<(string Text, Point Point), TaskCompletionSource> _points = new();

    /// <summary>Says that a call has reached a point.</summary>
    public void Reach(string text, Point point) => Source(text, point).TrySetResult();

    /// <summary>Waits for a call to reach a point, now or later.</summary>
    public Task WaitAsync(string text, Point point, CancellationToken cancellationToken) =>
        Source(text, point).Task.WaitAsync(cancellationToken);

    private TaskCompletionSource Source(string text, Point point) =>
        _points.GetOrAdd((text, point), _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}

using System.Runtime.ExceptionServices;

namespace Heron.Core.Environments;

/// <summary>Threads that share the copies of a vector environment among them, chunk by chunk.</summary>
/// <remarks>
/// The caller works too and returns when every chunk is done. All bookkeeping is under one lock, taken once per chunk;
/// a thread that wakes up late finds no chunk and sleeps on. Nothing is allocated by <see cref="Run"/>.
/// </remarks>
internal sealed class CopyWorkers : IDisposable
{
    // Several chunks per thread, so that a thread that the system delays does not hold up the others.
    private const int ChunksPerThread = 4;

    private readonly object _gate = new();
    private readonly Thread[] _threads;
    private readonly int _count;
    private readonly int _chunk;
    private Action<int, int>? _work;
    private int _next;
    private int _done;
    private int _failedAt;
    private ExceptionDispatchInfo? _failure;
    private volatile bool _stopping;

    public CopyWorkers(int threads, int count)
    {
        _count = count;
        _chunk = Math.Max(1, count / (threads * ChunksPerThread));
        _next = count;
        _done = count;
        _threads = new Thread[threads - 1];
        for (int i = 0; i < _threads.Length; i++)
        {
            _threads[i] = new Thread(ServeUntilStopped) { IsBackground = true, Name = $"heron copies {i + 1}" };
            _threads[i].Start();
        }
    }

    public int ThreadCount => _threads.Length + 1;

    /// <summary>Does the work for all copies.</summary>
    /// <param name="work">Takes the first copy and the one after the last. Should several fail, the exception of the lowest chunk is thrown.</param>
    /// <exception cref="ObjectDisposedException">The threads have been ended.</exception>
    public void Run(Action<int, int> work)
    {
        ObjectDisposedException.ThrowIf(_stopping, typeof(VectorEnvironment));
        if (_threads.Length == 0)
        {
            work(0, _count);
            return;
        }

        lock (_gate)
        {
            _work = work;
            _failure = null;
            _failedAt = int.MaxValue;
            _next = 0;
            _done = 0;
            Monitor.PulseAll(_gate);
        }

        while (TryTake(wait: false, out int first))
        {
            Work(first);
        }

        lock (_gate)
        {
            while (_done < _count)
            {
                Monitor.Wait(_gate);
            }

            _work = null;
        }

        _failure?.Throw();
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _stopping = true;
            Monitor.PulseAll(_gate);
        }

        foreach (Thread thread in _threads)
        {
            thread.Join();
        }
    }

    private void ServeUntilStopped()
    {
        while (TryTake(wait: true, out int first))
        {
            Work(first);
        }
    }

    private bool TryTake(bool wait, out int first)
    {
        lock (_gate)
        {
            while (wait && _next >= _count && !_stopping)
            {
                Monitor.Wait(_gate);
            }

            // A run that is under way when the threads are to end is finished first: its caller waits for every chunk.
            first = _next;
            bool taken = _next < _count;
            _next = taken ? Math.Min(_next + _chunk, _count) : _next;
            return taken;
        }
    }

    private void Work(int first)
    {
        int end = Math.Min(first + _chunk, _count);
        ExceptionDispatchInfo? failure = null;
        try
        {
            _work!(first, end);
        }
        catch (Exception exception)
        {
            // Nothing is swallowed: Run throws it in the caller's thread.
            failure = ExceptionDispatchInfo.Capture(exception);
        }

        lock (_gate)
        {
            if (failure is not null && first < _failedAt)
            {
                _failure = failure;
                _failedAt = first;
            }

            _done += end - first;
            if (_done == _count)
            {
                Monitor.PulseAll(_gate);
            }
        }
    }
}

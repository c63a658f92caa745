using Heron.Server.Hosting;
using Heron.Server.Sessions;
using Microsoft.Extensions.Options;

namespace Heron.Server.Driving;

/// <summary>Counts the episodes that the server itself drives: each takes a thread for as long as it lasts.</summary>
/// <param name="options">How many there may be.</param>
internal sealed class DriveSlots(IOptions<HeronServerOptions> options)
{
    private readonly int _limit = options.Value.MaxDrives;
    private int _open;

    /// <summary>Drives and evaluations that are being carried out.</summary>
    public int Open => Volatile.Read(ref _open);

    /// <summary>Carries out something that takes a thread of its own.</summary>
    /// <param name="work">May wait for a client.</param>
    /// <exception cref="ServerLimitException">The server is full.</exception>
    public async Task RunAsync(Action work)
    {
        if (Interlocked.Increment(ref _open) > _limit)
        {
            Interlocked.Decrement(ref _open);
            throw new ServerLimitException($"The server carries out {_limit} drives and evaluations, which is its limit (--max-drives). Wait until one has ended, or use another server.");
        }

        try
        {
            await Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default);
        }
        finally
        {
            Interlocked.Decrement(ref _open);
        }
    }
}

using System.Diagnostics;

namespace Heron.Benchmarks.Wire;

/// <summary>The server in a process of its own, so that client and server do not share a thread pool.</summary>
internal sealed class BenchmarkServerProcess : IDisposable
{
    private const string Announcement = "Listening on ";

    private readonly Process _process;

    private BenchmarkServerProcess(Process process, string address)
    {
        _process = process;
        Address = address;
    }

    /// <summary>Host and port.</summary>
    public string Address { get; }

    public static async Task<BenchmarkServerProcess> StartAsync()
    {
        string program = typeof(BenchmarkServerProcess).Assembly.Location;
        Process process = Process.Start(new ProcessStartInfo("dotnet", [program, "serve", "--listen", "127.0.0.1:0"])
        {
            RedirectStandardOutput = true,
        }) ?? throw new InvalidOperationException($"Cannot start 'dotnet {program}'.");
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            int start = line.IndexOf(Announcement, StringComparison.Ordinal);
            if (start >= 0)
            {
                // Nobody reads on; the server writes little more than this line.
                return new BenchmarkServerProcess(process, line[(start + Announcement.Length)..].Trim());
            }
        }

        throw new InvalidOperationException("The benchmark server ended before it listened.");
    }

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}

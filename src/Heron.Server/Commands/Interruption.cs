using System.Runtime.InteropServices;

namespace Heron.Server.Commands;

/// <summary>The wish of somebody outside that a command stops. A second Ctrl-C ends the program at once.</summary>
internal sealed class Interruption : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly List<PosixSignalRegistration> _signals = [];

    /// <summary>Fires when the command shall stop.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>130 after Ctrl-C, as shells expect; 0 after SIGTERM, which is how a service is asked to end.</summary>
    public int ExitCode { get; private set; }

    /// <summary>Listens to Ctrl-C and SIGTERM.</summary>
    public static Interruption FromSignals()
    {
        var interruption = new Interruption();
        interruption.Handle(PosixSignal.SIGINT, ExitCodes.Interrupted);
        interruption.Handle(PosixSignal.SIGTERM, ExitCodes.Done);
        return interruption;
    }

    /// <summary>Asks the command to stop.</summary>
    /// <param name="exitCode">What the program returns then.</param>
    public void Stop(int exitCode)
    {
        ExitCode = exitCode;
        _source.Cancel();
    }

    /// <summary>Stops listening.</summary>
    public void Dispose()
    {
        _signals.ForEach(signal => signal.Dispose());
        _source.Dispose();
    }

    private void Handle(PosixSignal signal, int exitCode) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = !Token.IsCancellationRequested;
        Stop(exitCode);
    }));
}

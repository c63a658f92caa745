namespace Heron.Server.Hosting;

/// <summary>Leaves signals and messages to the command that runs the server; the default one would act on Ctrl-C by itself.</summary>
internal sealed class QuietLifetime : IHostLifetime
{
    public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}

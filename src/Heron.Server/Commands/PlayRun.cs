namespace Heron.Server.Commands;

/// <summary>The episodes of one call of heron play.</summary>
/// <param name="player">Plays them.</param>
/// <param name="returns">Collects their returns.</param>
internal sealed class PlayRun(EpisodePlayer player, ReturnTable returns)
{
    /// <summary>Plays the episodes.</summary>
    public EpisodePlayer Player { get; } = player;

    /// <summary>Seed of the first episode; null for a random one.</summary>
    public uint? Seed { get; init; }

    /// <summary>How many to play.</summary>
    public int Episodes { get; init; } = 1;

    /// <summary>Most steps of each.</summary>
    public long MaxSteps { get; init; } = long.MaxValue;

    /// <summary>Pause after each picture.</summary>
    public TimeSpan Delay { get; init; }

    /// <summary>Plays.</summary>
    /// <param name="show">Called after each reset and step.</param>
    /// <param name="stop">Ends it early.</param>
    /// <returns>Whether all episodes were played.</returns>
    public async Task<bool> RunAsync(Action show, CancellationToken stop)
    {
        for (int episode = 0; episode < Episodes; episode++)
        {
            Player.Start(episode == 0 ? Seed : null);
            show();
            while (!Player.IsOver && Player.Steps < MaxSteps)
            {
                await Task.Delay(Delay, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                if (stop.IsCancellationRequested)
                {
                    returns.Add(complete: false);
                    return false;
                }

                Player.Step();
                show();
            }

            returns.Add(complete: true);
        }

        return true;
    }
}

using Heron.Core.Randomness;

namespace Heron.Server.Driving;

/// <summary>Plays episodes one after the other for a client.</summary>
/// <param name="plan">How.</param>
/// <param name="firstSeed">Of the first; each later seed follows from the last.</param>
/// <param name="episodes">How many; null until the client stops.</param>
internal sealed class EpisodeDrive(EpisodePlan plan, uint firstSeed, uint? episodes)
{
    /// <summary>Plays until the last episode has ended or the client stops.</summary>
    /// <param name="run">A copy made by the plan, which asks the client.</param>
    /// <param name="client">Decides.</param>
    public void Run(EpisodeRun run, IDriveClient client)
    {
        uint seed = firstSeed;
        for (uint episode = 1; !client.Stop.IsCancellationRequested; episode++)
        {
            client.OnStarted(run, episode, seed);
            client.OnEnded(plan.Play(run, seed, client.Stop));
            if (episode == episodes)
            {
                return;
            }

            seed = EpisodeSeed.Next(seed);
        }
    }
}

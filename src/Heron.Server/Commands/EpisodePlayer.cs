using Heron.Core.Environments;

namespace Heron.Server.Commands;

/// <summary>Plays episodes of one copy and keeps the returns.</summary>
internal sealed class EpisodePlayer : IDisposable
{
    private readonly IPlayedActions _actions;
    private readonly AgentFlags[] _flagsBefore;

    /// <param name="factory">The environment.</param>
    /// <param name="actions">Decides what its agents do.</param>
    public EpisodePlayer(EnvironmentFactory factory, IPlayedActions actions)
    {
        _actions = actions;
        Environment = new VectorEnvironment(factory, count: 1);
        Returns = new double[factory.Spec.Agents.Count];
        _flagsBefore = new AgentFlags[Returns.Length];
    }

    /// <summary>One copy, with the actions and results of the last step.</summary>
    public VectorEnvironment Environment { get; }

    /// <summary>Number of the episode, from 1.</summary>
    public int Episode { get; private set; }

    /// <summary>Seed of the episode.</summary>
    public uint Seed => Environment.EpisodeSeeds.All[0];

    /// <summary>Steps of the episode so far.</summary>
    public int Steps => Environment.EpisodeSteps.All[0];

    /// <summary>Sum of the rewards of each agent in this episode.</summary>
    public double[] Returns { get; }

    /// <summary>Whether no agent is left.</summary>
    public bool IsOver => Environment.IsEpisodeOver(0);

    /// <summary>Starts the next episode.</summary>
    /// <param name="seed">Its seed; null for the one that follows from the last, a random one at first.</param>
    public void Start(uint? seed)
    {
        Environment.Reset(seed);
        _actions.Start(Seed);
        Array.Clear(Returns);
        Array.Clear(_flagsBefore);
        Episode++;
    }

    /// <summary>Steps once.</summary>
    public void Step()
    {
        Environment.AgentFlags.All.CopyTo(_flagsBefore);
        _actions.Write(Environment);
        Environment.Step();
        for (int agent = 0; agent < Returns.Length; agent++)
        {
            Returns[agent] += Environment.Rewards.All[agent];
        }
    }

    /// <summary>Whether an agent's action counted in the last step.</summary>
    public bool Acted(int agent) => (_flagsBefore[agent] & AgentFlags.MustAct) != 0;

    /// <summary>Whether an agent was in the episode during the last step, so that its reward means something.</summary>
    public bool TookPart(int agent) => (_flagsBefore[agent] & AgentFlags.Alive) != 0;

    /// <inheritdoc/>
    public void Dispose() => Environment.Dispose();
}

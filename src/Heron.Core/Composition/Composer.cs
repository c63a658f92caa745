using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;

namespace Heron.Core.Composition;

/// <summary>Puts the parts of a composition together to an environment.</summary>
internal sealed class Composer
{
    private readonly CompositionCatalog _catalog;
    private readonly CompositionParts _parts;
    private readonly CompositionParameters _parameters;

    public Composer(string environmentId, CompositionCatalog catalog, CompositionParameters parameters)
    {
        EnvironmentId = environmentId;
        _catalog = catalog;
        _parameters = parameters;
        _parts = new CompositionReader(environmentId, catalog).Read(parameters);
        System = _parts.CreateSystem();
    }

    public string EnvironmentId { get; }

    public string SimulationName => _parts.Simulation.Name;

    public SystemAgent System { get; }

    public IReadOnlyList<Member> Members => _parts.Members;

    /// <summary>Builds the environment.</summary>
    /// <param name="resolved">All parameters, for the spec.</param>
    /// <exception cref="ArgumentException">Parts do not fit together.</exception>
    public EnvironmentFactory Build(IReadOnlyDictionary<string, object> resolved)
    {
        var builder = new HeronEnvironmentBuilder(EnvironmentId, new HeronEnvironmentOptions
        {
            StepSeconds = _parts.Simulation.StepSeconds,
            MaxEpisodeSteps = _parameters.MaxSteps,
            MaxEpisodeSeconds = _parameters.MaxSimTime,
            EndRule = Enum.Parse<EpisodeEndRule>(_parameters.EndRule, ignoreCase: true),
            Parameters = resolved,
        });
        builder.Add(System);
        if (_parts.RescheduleSystem is { } reschedule)
        {
            builder.Schedule(System.Id, reschedule);
        }

        foreach (Member member in _parts.Ordered)
        {
            Add(builder, member);
        }

        try
        {
            _parts.Connect(new SimulationSetup(this, builder));
        }
        catch (ArgumentException error)
        {
            throw CompositionException.At(EnvironmentId, CompositionReader.SimulationPath, error);
        }

        return Show(builder.Build());
    }

    /// <summary>Agents of one kind, in the order of the parameters; those that are not there yet are made.</summary>
    public IReadOnlyList<T> AgentsOf<T>(Func<Member, bool> isMeant)
        where T : Agent =>
        [.. Members.Where(member => typeof(T).IsAssignableFrom(member.AgentClass.AgentType) && isMeant(member)).Select(member => (T)member.Agent(this))];

    /// <summary>The names of the classes that make agents of one kind.</summary>
    public string ClassesOf(Type agentType) => string.Join(
        " or ", _catalog.ServedBy(_parts.Simulation).Where(agentClass => agentType.IsAssignableFrom(agentClass.AgentType)).Select(agentClass => agentClass.Name));

    private void Add(HeronEnvironmentBuilder builder, Member member)
    {
        builder.Add(member.Agent(this), member.Parent?.Id ?? System.Id);
        if (member.Protocol is { } protocol)
        {
            builder.Coordinate(member.Id, protocol);
        }

        if (member.AgentClass.Rule is { } rule)
        {
            builder.AddRule(member.Id, rule);
        }

        if (member.Reschedule is { } reschedule)
        {
            builder.Schedule(member.Id, reschedule);
        }

        if (member.StepPeriod is int period)
        {
            builder.ActEvery(member.Id, period);
        }
    }

    private EnvironmentFactory Show(EnvironmentFactory factory)
    {
        string[] all = [.. factory.Spec.Agents.Select(agent => agent.Id)];
        if (all.Length == 0)
        {
            throw CompositionException.Of(EnvironmentId, CompositionReader.AgentsPath, "such that nobody acts; at least one agent needs an action space.");
        }

        for (int i = 0; i < _parameters.AgentIds.Length; i++)
        {
            string id = _parameters.AgentIds[i];
            if (Array.IndexOf(_parameters.AgentIds, id) < i)
            {
                throw CompositionException.Of(EnvironmentId, $"agent_ids[{i}]", $"'{id}', which is named already; name each once.");
            }

            if (!all.Contains(id))
            {
                string reason = factory.Spec.Hierarchy.Any(node => node.Id == id) ? ", which has no action space and so observes nothing" : "";
                throw CompositionException.Of(EnvironmentId, $"agent_ids[{i}]", $"'{id}'{reason}; it takes one of: {string.Join(", ", all)}.");
            }
        }

        return ExposedAgents.Of(factory, _parameters.AgentIds);
    }
}

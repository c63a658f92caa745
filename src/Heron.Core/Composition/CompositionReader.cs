using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;

namespace Heron.Core.Composition;

/// <summary>Reads the parts of a composition from its parameters: names, classes and arguments. Every error names the place.</summary>
/// <param name="environmentId">The environment, for messages.</param>
/// <param name="catalog">What there is.</param>
internal sealed class CompositionReader(string environmentId, CompositionCatalog catalog)
{
    /// <summary>Under which a simulation and a protocol are named.</summary>
    public const string NameKey = "name";

    /// <summary>Agents and coordinators of one composition. What everybody sees of everybody grows with the square, and anybody may ask a server for it.</summary>
    public const int MemberLimit = 1000;

    public const string SimulationPath = "simulation";
    public const string AgentsPath = "agents";
    public const string CoordinatorsPath = "coordinators";
    public const string SystemPath = "system";

    private static readonly ParameterBinder<AgentEntry> AgentBinder = new(AgentsPath);
    private static readonly ParameterBinder<CoordinatorEntry> CoordinatorBinder = new(CoordinatorsPath);
    private static readonly ParameterBinder<SystemEntry> SystemBinder = new(SystemPath);
    private static readonly ParameterBinder<ScheduleEntry> ScheduleBinder = new("schedule");

    /// <summary>What an entry has apart from the arguments of its class.</summary>
    public static IReadOnlyList<string> EntryNames(AgentLevel level) => [.. EntryParameters(level).Select(parameter => parameter.Name)];

    public static IReadOnlyList<EnvironmentParameter> EntryParameters(AgentLevel level) =>
        level == AgentLevel.Coordinator ? CoordinatorBinder.Parameters : AgentBinder.Parameters;

    public static IReadOnlyList<EnvironmentParameter> ScheduleParameters => ScheduleBinder.Parameters;

    /// <summary>Reads everything; afterwards it is only left to put it together.</summary>
    /// <exception cref="ArgumentException">Something is missing, unknown or wrong.</exception>
    public CompositionParts Read(CompositionParameters parameters)
    {
        if (parameters.Agents.Length == 0)
        {
            throw CompositionException.Of(environmentId, AgentsPath, "empty or missing; it takes at least one object with agent_id and agent_class. Name agents and simulation, or neither for the default.");
        }

        (string name, Dictionary<string, object> arguments) = SplitName(SimulationPath, parameters.Simulation);
        SimulationClass simulation = Find(catalog.Simulations, $"{SimulationPath}.{NameKey}", name);
        CheckNames(arguments, SimulationPath, [NameKey, .. Names(simulation)], $"simulation '{name}'");
        (Func<SystemAgent> createSystem, Action<SimulationSetup> connect) = simulation.Prepare(arguments, environmentId, SimulationPath);
        SystemEntry system = SystemBinder.Bind(parameters.System, environmentId, SystemPath);
        var entries = new List<(Member Member, string Coordinator, string[] Subordinates)>();
        for (int i = 0; i < parameters.Coordinators.Length; i++)
        {
            CheckCount($"{CoordinatorsPath}[{i}]", entries.Count + 1);
            entries.Add(ReadCoordinator(simulation, $"{CoordinatorsPath}[{i}]", parameters.Coordinators[i]));
        }

        for (int i = 0; i < parameters.Agents.Length; i++)
        {
            entries.AddRange(ReadAgents(simulation, $"{AgentsPath}[{i}]", parameters.Agents[i]));
            CheckCount($"{AgentsPath}[{i}]", entries.Count);
        }

        Member[] members = [.. entries.Select(entry => entry.Member)];
        IReadOnlyList<Member> ordered = new CompositionTree(environmentId, members).Arrange(entries);
        return new CompositionParts(simulation, createSystem, connect, ReadSchedule(SystemPath, system.Schedule), members, ordered);
    }

    private (Member Member, string Coordinator, string[] Subordinates) ReadCoordinator(SimulationClass simulation, string path, IReadOnlyDictionary<string, object> values)
    {
        (Dictionary<string, object> own, Dictionary<string, object> arguments) = Split(values, AgentLevel.Coordinator);
        CoordinatorEntry entry = CoordinatorBinder.Bind(own, environmentId, path);
        CheckId($"{path}.coordinator_id", entry.CoordinatorId);
        AgentClass agentClass = FindClass(simulation, path, entry.AgentClass, AgentLevel.Coordinator);
        CheckNames(arguments, path, [.. EntryNames(AgentLevel.Coordinator), .. Names(agentClass)], $"a coordinator of class '{agentClass.Name}'");
        var member = new Member(path, entry.CoordinatorId, agentClass, agentClass.Prepare(arguments, environmentId, path))
        {
            Protocol = entry.Protocol.Count == 0 ? null : ReadProtocol($"{path}.protocol", entry.Protocol),
            Reschedule = ReadSchedule(path, entry.Schedule),
            StepPeriod = own.ContainsKey("step_period") ? entry.StepPeriod : null,
        };
        return (member, entry.Coordinator, entry.Subordinates);
    }

    private IEnumerable<(Member Member, string Coordinator, string[] Subordinates)> ReadAgents(SimulationClass simulation, string path, IReadOnlyDictionary<string, object> values)
    {
        (Dictionary<string, object> own, Dictionary<string, object> arguments) = Split(values, AgentLevel.Field);
        AgentEntry entry = AgentBinder.Bind(own, environmentId, path);
        CheckId($"{path}.agent_id", entry.AgentId);
        AgentClass agentClass = FindClass(simulation, path, entry.AgentClass, AgentLevel.Field);
        CheckNames(arguments, path, [.. EntryNames(AgentLevel.Field), .. Names(agentClass)], $"an agent of class '{agentClass.Name}'");
        Func<AgentPlace, Agent> create = agentClass.Prepare(arguments, environmentId, path);
        Func<ScheduleConfig, ScheduleConfig>? reschedule = ReadSchedule(path, entry.Schedule);
        return Enumerable.Range(0, entry.Count).Select(i =>
        {
            var member = new Member(path, entry.Count == 1 ? entry.AgentId : $"{entry.AgentId}_{i}", agentClass, create)
            {
                Reschedule = reschedule,
                StepPeriod = own.ContainsKey("step_period") ? entry.StepPeriod : null,
            };
            return (member, entry.Coordinator, Array.Empty<string>());
        });
    }

    private Protocol ReadProtocol(string path, IReadOnlyDictionary<string, object> values)
    {
        (string name, Dictionary<string, object> arguments) = SplitName(path, values);
        ProtocolClass protocol = Find(catalog.Protocols, $"{path}.{NameKey}", name);
        CheckNames(arguments, path, [NameKey, .. Names(protocol)], $"protocol '{name}'");
        return protocol.Create(arguments, environmentId, path);
    }

    private Func<ScheduleConfig, ScheduleConfig>? ReadSchedule(string path, IReadOnlyDictionary<string, object> values)
    {
        ScheduleEntry entry = ScheduleBinder.Bind(values, environmentId, $"{path}.schedule");
        return values.Count == 0 ? null : schedule => entry.Change(schedule, values.ContainsKey);
    }

    private AgentClass FindClass(SimulationClass simulation, string path, string name, AgentLevel level)
    {
        AgentClass[] served = [.. catalog.ServedBy(simulation).Where(agentClass => agentClass.Level == level)];
        if (Array.Find(served, agentClass => agentClass.Name == name) is { } found)
        {
            return found;
        }

        string list = level == AgentLevel.Field ? AgentsPath : CoordinatorsPath;
        string reason = "";
        if (catalog.AgentClasses.TryGetValue(name, out AgentClass? other))
        {
            reason = other.Level != level
                ? $", a class of {(other.Level == AgentLevel.Field ? AgentsPath : CoordinatorsPath)}"
                : $", which the simulation '{simulation.Name}' does not serve (it goes with {string.Join(", ", catalog.Simulations.Values.Where(fitting => fitting.AgentClasses.Contains(name)).Select(fitting => fitting.Name))})";
        }

        throw CompositionException.Of(
            environmentId,
            $"{path}.agent_class",
            $"{(name.Length == 0 ? "missing" : $"'{name}'")}{reason}; with '{simulation.Name}', {list} take one of: {string.Join(", ", served.Select(agentClass => agentClass.Name))}.");
    }

    private T Find<T>(IReadOnlyDictionary<string, T> entries, string path, string name) => entries.TryGetValue(name, out T? found)
        ? found
        : throw CompositionException.Of(environmentId, path, $"{(name.Length == 0 ? "missing" : $"'{name}'")}; it takes one of: {string.Join(", ", entries.Keys)}.");

    private void CheckCount(string path, int count)
    {
        if (count > MemberLimit)
        {
            throw CompositionException.Of(environmentId, path, $"one too many: with it there are {count} agents and coordinators, and a composition has at most {MemberLimit}.");
        }
    }

    private void CheckId(string path, string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw CompositionException.Of(environmentId, path, "missing; it takes a name that is unique in the environment.");
        }
    }

    // Before binding, so that the message lists all that may stand there, whoever reads it.
    private void CheckNames(Dictionary<string, object> arguments, string path, string[] known, string owner)
    {
        if (arguments.Keys.FirstOrDefault(name => !known.Contains(name)) is { } unknown)
        {
            throw CompositionException.Unknown(environmentId, $"{path}.{unknown}", $"{owner} has: {string.Join(", ", known)}.");
        }
    }

    private (string Name, Dictionary<string, object> Arguments) SplitName(string path, IReadOnlyDictionary<string, object> values)
    {
        var arguments = new Dictionary<string, object>(values, StringComparer.Ordinal);
        return arguments.Remove(NameKey, out object? name)
            ? (name as string ?? throw CompositionException.Of(environmentId, $"{path}.{NameKey}", $"{ParameterValue.ToJson(name)}; it takes a text."), arguments)
            : ("", arguments);
    }

    private static (Dictionary<string, object> Own, Dictionary<string, object> Arguments) Split(IReadOnlyDictionary<string, object> values, AgentLevel level)
    {
        IReadOnlyList<string> names = EntryNames(level);
        return (
            values.Where(value => names.Contains(value.Key)).ToDictionary(StringComparer.Ordinal),
            values.Where(value => !names.Contains(value.Key)).ToDictionary(StringComparer.Ordinal));
    }

    private static IEnumerable<string> Names(CatalogEntry entry) => entry.Parameters.Select(parameter => parameter.Name);
}

using Heron.Core.Environments;
using Heron.Core.Environments.Wrappers;

namespace Heron.Server.Sessions;

/// <summary>The environment that a session request describes.</summary>
internal static class SessionEnvironment
{
    /// <summary>Settles parameters, exposed agents and the form of observations.</summary>
    /// <exception cref="ArgumentException">A parameter or an agent is wrong.</exception>
    public static EnvironmentFactory Configure(EnvironmentDefinition definition, SessionRequest request)
    {
        EnvironmentFactory factory = definition.Configure(request.Parameters);
        factory = request.Agents.Count > 0 ? ExposedAgents.Of(factory, request.Agents) : factory;
        return request.OneHotObservations ? OneHotObservations.Of(factory) : factory;
    }

    /// <summary>Bytes that the blocks of a vector environment take per copy.</summary>
    public static long BlockBytesPerCopy(EnvironmentSpec spec, AutoresetMode mode)
    {
        EnvironmentLayout layout = spec.Layout;
        long results = (4L * layout.ObservationLength) + (5L * layout.AgentCount) + (4L * spec.MetricNames.Count);
        long actions = 4L * (layout.ContinuousLength + layout.DiscreteLength);
        const int Bookkeeping = 16;
        return (results * (mode == AutoresetMode.SameStep ? 2 : 1)) + actions + layout.MaskLength + Bookkeeping;
    }
}

using Heron.Core.Environments;
using Heron.Server.Driving;
using Heron.Server.Sessions;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Requests for driven episodes.</summary>
internal static class DriveMapping
{
    /// <summary>Settles the environment and how its episodes are carried out.</summary>
    /// <exception cref="EnvironmentNotFoundException">No such environment.</exception>
    /// <exception cref="InvalidRequestException">A field is malformed.</exception>
    public static EpisodePlan PlanOf(Wire.DriveOpen open, EnvironmentRegistry registry)
    {
        if (open is { HasEpisodes: true, Episodes: 0 })
        {
            throw new InvalidRequestException("episodes is 0; it takes at least 1, or leave it out to go on until stop.");
        }

        EnvironmentDefinition definition = registry.Get(open.EnvId);
        var request = new SessionRequest(open.EnvId)
        {
            Parameters = ParameterMapping.FromWire(open.Parameters),
            Agents = [.. open.Agents],
            OneHotObservations = open.OneHotObservations,
        };
        return new EpisodePlanMapping(
            open.Mode,
            open.HasMaxSteps ? open.MaxSteps : null,
            open.HasTEndSeconds ? open.TEndSeconds : null,
            open.HasMaxEvents ? open.MaxEvents : null,
            open.EventOptions).For(InvalidRequestException.Unless(() => SessionEnvironment.Configure(definition, request)));
    }
}

using Heron.Core.Environments;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Environment specs and cards in the words of the wire.</summary>
internal static class SpecMapping
{
    public static Wire.GetEnvironmentResponse ToWire(EnvironmentDefinition definition, EnvironmentSpec spec)
    {
        var wire = new Wire.GetEnvironmentResponse { Description = definition.Card.Description, Spec = ToWire(spec) };
        wire.Parameters.AddRange(definition.Parameters.Select(ParameterMapping.ToWire));
        wire.VersionHistory.AddRange(definition.Card.VersionHistory);
        return wire;
    }

    public static Wire.EnvironmentSpec ToWire(EnvironmentSpec spec)
    {
        EnvironmentLayout layout = spec.Layout;
        var wire = new Wire.EnvironmentSpec
        {
            EnvId = spec.Id,
            Parameters = ParameterMapping.ToWire(spec.Parameters),
            ObservationLength = (uint)layout.ObservationLength,
            ContinuousLength = (uint)layout.ContinuousLength,
            DiscreteLength = (uint)layout.DiscreteLength,
            MaskLength = (uint)layout.MaskLength,
        };
        if (spec.MaxEpisodeSteps is { } steps)
        {
            wire.MaxEpisodeSteps = (uint)steps;
        }

        if (spec.StepSeconds is { } seconds)
        {
            wire.StepSeconds = seconds;
        }

        wire.Agents.AddRange(spec.Agents.Select(ToWire));
        wire.MetricNames.AddRange(spec.MetricNames);
        wire.RenderModes.AddRange(spec.RenderModes);
        wire.Hierarchy.AddRange(spec.Hierarchy.Select(ToWire));
        return wire;
    }

    private static Wire.AgentSpec ToWire(AgentSpec agent)
    {
        var wire = new Wire.AgentSpec
        {
            Id = agent.Id,
            Level = Name(agent.Level),
            ParentId = agent.ParentId ?? "",
            ObservationSpace = SpaceMapping.ToWire(agent.ObservationSpace),
            ActionSpace = SpaceMapping.ToWire(agent.ActionSpace),
            HasActionMask = agent.HasActionMask,
        };
        wire.ObservationLabels.AddRange(agent.ObservationLabels);
        wire.ActionLabels.AddRange(agent.ActionLabels);
        return wire;
    }

    private static Wire.HierarchyNode ToWire(HierarchyNode node) =>
        new() { Id = node.Id, Level = Name(node.Level), ParentId = node.ParentId ?? "" };

    private static string Name(AgentLevel level) => level switch
    {
        AgentLevel.Field => "field",
        AgentLevel.Coordinator => "coordinator",
        _ => "system",
    };
}

using Google.Protobuf.Collections;
using Heron.Core.Environments;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Results by agent name, for a session of one copy.</summary>
internal static class ReadableResults
{
    public static Wire.StepResponse ToWire(VectorEnvironment environment, uint sequence)
    {
        CopyFlags flags = environment.CopyFlags.All[0];
        var response = new Wire.StepResponse
        {
            Sequence = sequence,
            EpisodeStep = (uint)environment.EpisodeSteps.All[0],
            EpisodeOver = environment.IsEpisodeOver(0),
            EpisodeSeed = environment.EpisodeSeeds.All[0],
            WasReset = (flags & CopyFlags.WasReset) != 0,
        };
        AddAgents(response.Agents, environment, environment.AgentFlags.Row(0), environment.Observations.Row(0), withMasks: true);
        AddMetrics(response.Metrics, environment.Spec, environment.Metrics.Row(0));
        if ((flags & CopyFlags.Ended) != 0 && environment.AutoresetMode == AutoresetMode.SameStep)
        {
            AddAgents(response.FinalAgents, environment, environment.FinalAgentFlags.Row(0), environment.FinalObservations.Row(0), withMasks: false);
            AddMetrics(response.FinalMetrics, environment.Spec, environment.FinalMetrics.Row(0));
        }

        return response;
    }

    private static void AddAgents(
        MapField<string, Wire.AgentStep> agents,
        VectorEnvironment environment,
        ReadOnlySpan<AgentFlags> flags,
        ReadOnlySpan<float> observations,
        bool withMasks)
    {
        EnvironmentSpec spec = environment.Spec;
        for (int agent = 0; agent < flags.Length; agent++)
        {
            if (flags[agent] == AgentFlags.None)
            {
                continue;
            }

            var step = new Wire.AgentStep
            {
                Reward = environment.Rewards.Row(0)[agent],
                Terminated = (flags[agent] & AgentFlags.Terminated) != 0,
                Truncated = (flags[agent] & AgentFlags.Truncated) != 0,
                MustAct = (flags[agent] & AgentFlags.MustAct) != 0,
            };
            if ((flags[agent] & AgentFlags.Observed) != 0)
            {
                step.Observation.AddRange(observations[spec.Layout.Observation(agent)].ToArray());
            }

            // Only agents that must act have a new mask; the bytes of the others are old.
            if (withMasks && step.MustAct)
            {
                step.ActionMask.AddRange(Array.ConvertAll(environment.Masks.Row(0)[spec.Layout.Mask(agent)].ToArray(), allowed => (uint)allowed));
            }

            agents.Add(spec.Agents[agent].Id, step);
        }
    }

    private static void AddMetrics(MapField<string, float> metrics, EnvironmentSpec spec, ReadOnlySpan<float> values)
    {
        for (int i = 0; i < values.Length; i++)
        {
            metrics.Add(spec.MetricNames[i], values[i]);
        }
    }
}

using Heron.Core.Policies;

namespace Heron.Core.Tests.Scheduling;

/// <summary>Acts with 1 and notes what agents saw: their own number first, another one's after it.</summary>
internal sealed class ObservationLog : IActionSource
{
    public List<(double Time, double ObservedAt, float Own)> Seen { get; } = [];

    public List<(double Time, float Other)> OfOthers { get; } = [];

    public List<(double Time, float Own)> SeenByB { get; } = [];

    public void Act(in ActionRequest request)
    {
        foreach (int agent in request.Agents)
        {
            ReadOnlySpan<float> observation = request.Observation(agent);
            if (request.Spec.Agents[agent].Id == "a")
            {
                Seen.Add((request.TimeSeconds, request.ObservedAtSeconds(agent), observation[0]));
                if (observation.Length > 1)
                {
                    OfOthers.Add((request.TimeSeconds, observation[1]));
                }
            }
            else
            {
                SeenByB.Add((request.TimeSeconds, observation[0]));
            }

            request.Continuous(agent)[0] = 1;
        }
    }
}

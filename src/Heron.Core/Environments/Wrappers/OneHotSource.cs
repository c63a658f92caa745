using Heron.Core.Policies;

namespace Heron.Core.Environments.Wrappers;

/// <summary>Stands between an event-driven copy and a source that sees discrete observations as one-hot vectors.</summary>
/// <param name="shownSpec">As the source sees it.</param>
/// <param name="plain">As the copy is.</param>
/// <param name="inner">Decides.</param>
internal sealed class OneHotSource(EnvironmentSpec shownSpec, EnvironmentSpec plain, IActionSource inner) : IActionSource
{
    private readonly float[] _observations = new float[shownSpec.Layout.ObservationLength];

    public void Begin(EnvironmentSpec spec, uint seed) => inner.Begin(shownSpec, seed);

    public void Act(in ActionRequest request)
    {
        foreach (int agent in request.Agents)
        {
            OneHotObservations.Encode(plain.Agents[agent].ObservationSpace, request.Observation(agent), _observations.AsSpan(shownSpec.Layout.Observation(agent)));
        }

        inner.Act(request.ShownAs(shownSpec, _observations));
    }
}

using Heron.Core.Agents;
using Heron.Core.Spaces;

namespace Heron.TestEnvironments.Broken;

/// <summary>An agent that counts its actions in a field, where it should have a feature.</summary>
internal sealed class CountingPump : FieldAgent
{
    private int _actions;

    public CountingPump(string id)
        : base(id)
    {
        ActionSpace = new BoxSpace(0, 1);
        ObservationSpace = new BoxSpace(0, float.PositiveInfinity);
    }

    /// <summary>Counts.</summary>
    public override void Apply(in AgentContext context) => _actions++;

    /// <summary>Shows the count.</summary>
    public override void Observe(in AgentView view, Span<float> observation) => observation[0] = _actions;
}

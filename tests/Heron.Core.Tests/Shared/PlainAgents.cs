using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Shared;

/// <summary>One number, so that a test can tell features apart by their value.</summary>
public struct Reading
{
    public float Value;
}

internal sealed class PlainSystem(string id = "system") : SystemAgent(id);

internal sealed class PlainCoordinator(string id) : CoordinatorAgent(id);

/// <summary>A coordinator that is asked for actions and does nothing with them.</summary>
internal sealed class ActingCoordinator : CoordinatorAgent
{
    public ActingCoordinator(string id)
        : base(id) => ActionSpace = new BoxSpace(-1, 1);
}

/// <summary>Acts, and sees its features by default.</summary>
internal sealed class PlainField : FieldAgent
{
    public PlainField(string id)
        : base(id) => ActionSpace = new BoxSpace(-1, 1);

    public Feature<Reading> Declare(float value, Visibility visibility, string? name = null) =>
        AddFeature(new Reading { Value = value }, visibility, name);
}

/// <summary>A coordinator with a row of numbers to decide.</summary>
internal sealed class WideCoordinator : CoordinatorAgent
{
    public WideCoordinator(string id, int length, float bound = 1)
        : base(id) => ActionSpace = new BoxSpace(-bound, bound, length);
}

/// <summary>Acts, and names what it does.</summary>
internal sealed class LabelledField : FieldAgent
{
    public LabelledField(string id, string label)
        : base(id)
    {
        ActionSpace = new BoxSpace(-1, 1);
        ActionLabels = [label];
    }
}

using Heron.Core.Spaces;
using Wire = Heron.Contracts.V1;

namespace Heron.Server.Mapping;

/// <summary>Spaces in the words of the wire.</summary>
internal static class SpaceMapping
{
    public static Wire.Space ToWire(Space space) => space switch
    {
        BoxSpace box => new Wire.Space { Box = ToWire(box) },
        DiscreteSpace discrete => new Wire.Space { Discrete = new Wire.Discrete { N = (uint)discrete.Count } },
        MultiDiscreteSpace heads => new Wire.Space { MultiDiscrete = ToWire(heads) },
        MultiBinarySpace switches => new Wire.Space { MultiBinary = new Wire.MultiBinary { N = (uint)switches.Count } },
        MixedSpace mixed => new Wire.Space { Mixed = new Wire.Mixed { C = ToWire(mixed.Continuous), D = ToWire(mixed.Discrete) } },
        _ => throw new NotSupportedException($"{space} has no form on the wire."),
    };

    private static Wire.Box ToWire(BoxSpace box)
    {
        var wire = new Wire.Box();
        foreach (int size in box.Shape)
        {
            wire.Shape.Add((uint)size);
        }

        AddBounds(wire.Low, box.LowValues);
        AddBounds(wire.High, box.HighValues);
        return wire;
    }

    private static Wire.MultiDiscrete ToWire(MultiDiscreteSpace heads)
    {
        var wire = new Wire.MultiDiscrete();
        foreach (int size in heads.HeadSizes)
        {
            wire.Nvec.Add((uint)size);
        }

        return wire;
    }

    private static void AddBounds(Google.Protobuf.Collections.RepeatedField<float> wire, ReadOnlySpan<float> bounds)
    {
        bool equal = !bounds.ContainsAnyExcept(bounds.IsEmpty ? 0 : bounds[0]);
        foreach (float bound in equal ? bounds[..Math.Min(1, bounds.Length)] : bounds)
        {
            wire.Add(bound);
        }
    }
}

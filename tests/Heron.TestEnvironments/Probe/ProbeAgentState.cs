using Heron.Core.Randomness;

namespace Heron.TestEnvironments.Probe;

/// <summary>Everything that changes about one Probe agent; without padding, so that equal states have equal bytes.</summary>
internal struct ProbeAgentState
{
    public RandomStream Random;

    /// <summary>Where it is, in m.</summary>
    public float Position;

    /// <summary>Where it was one step before, in m.</summary>
    public float LastPosition;

    /// <summary>What its last action pushes it by, in m per step; holds until the next action.</summary>
    public float Push;

    /// <summary>A number that discrete observations are taken from.</summary>
    public int Count;

    public ProbePhase Phase;

    /// <summary>Step at which it joins.</summary>
    public int JoinStep;

    /// <summary>Step at which it ends, if not before.</summary>
    public int EndStep;

    /// <summary>Allowed categories as bits, heads concatenated.</summary>
    public uint AllowedBits;
}

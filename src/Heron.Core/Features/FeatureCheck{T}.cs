namespace Heron.Core.Features;

/// <summary>Holds a feature within its limits: changes what is out of range, or throws.</summary>
/// <remarks>Called for the initial value, and whenever agents, disturbances or the simulation may have written: after a reset, after actions took effect, after results came in.</remarks>
/// <typeparam name="T">The feature's struct.</typeparam>
/// <param name="value">The feature.</param>
public delegate void FeatureCheck<T>(ref T value)
    where T : unmanaged;

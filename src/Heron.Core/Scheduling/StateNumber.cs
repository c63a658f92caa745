using Heron.Core.Features;

namespace Heron.Core.Scheduling;

/// <summary>Reads one number of the state of an environment.</summary>
/// <param name="view">The state.</param>
public delegate double StateNumber(in StateView view);

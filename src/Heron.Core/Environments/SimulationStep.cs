namespace Heron.Core.Environments;

/// <summary>A whole simulation as one function on features: reads them, advances by one step, writes them.</summary>
/// <param name="context">State, clock and random stream. After the function the clock moves to the end of the step.</param>
public delegate void SimulationStep(in SimulationContext context);

namespace Heron.Core.Environments;

/// <summary>A simulation that is one function on features.</summary>
internal sealed class StepFunctionBridge(SimulationStep step) : ISimulationBridge
{
    public SimulationStep Step => step;

    public void Simulate(in SimulationContext context) => step(context);
}

namespace Heron.Core.Environments;

/// <summary>A simulation that is one function on features.</summary>
internal sealed class StepFunctionBridge(SimulationStep step) : ISimulationBridge
{
    public void ReadState(in SimulationContext context)
    {
    }

    public void Simulate(in SimulationContext context) => step(context);

    public void WriteResults(in SimulationContext context)
    {
    }
}

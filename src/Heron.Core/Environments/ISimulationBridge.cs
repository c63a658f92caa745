namespace Heron.Core.Environments;

/// <summary>The way between the agents' state and a simulation of their world. One instance per environment copy.</summary>
/// <remarks>
/// The three methods run in this order, once per step. An instance may keep scratch between them, but nothing from one step to
/// the next: that would be missing from saved states. What must last is a feature. Physics of a few lines may work on the
/// features directly, all of it in <see cref="Simulate"/>; the other two do nothing unless they are written.
/// </remarks>
public interface ISimulationBridge
{
    /// <summary>State out: reads features into the simulation's inputs.</summary>
    /// <param name="context">State and clock at the start of the step, after all agents have acted.</param>
    void ReadState(in SimulationContext context)
    {
    }

    /// <summary>Advances the simulation by one step.</summary>
    /// <param name="context">Random stream and clock.</param>
    void Simulate(in SimulationContext context);

    /// <summary>Results in: writes the simulation's outputs into features.</summary>
    /// <param name="context">State to write to.</param>
    void WriteResults(in SimulationContext context)
    {
    }
}

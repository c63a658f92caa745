using Heron.Core.Agents;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Simulations.SensorNetwork;

/// <summary>Sees every sensor below it and decides nothing: its one action is to watch.</summary>
public sealed class SensorCoordinator : CoordinatorAgent
{
    private readonly Sensor[] _sensors;

    /// <summary>Creates the coordinator.</summary>
    /// <param name="id">Unique within the environment.</param>
    /// <param name="sensors">Those below it.</param>
    public SensorCoordinator(string id, Sensor[] sensors)
        : base(id)
    {
        _sensors = sensors;
        ActionSpace = new DiscreteSpace(1);
        ActionLabels = ["watch"];
        Schedule = new ScheduleConfig(tickIntervalSeconds: 5);
    }

    /// <summary>The sum of what the sensors get.</summary>
    public override double Reward(in AgentView view)
    {
        double sum = 0;
        foreach (Sensor sensor in _sensors)
        {
            sum += sensor.Reward(view);
        }

        return sum;
    }
}

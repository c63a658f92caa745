using Heron.Core.Environments;

namespace Heron.Simulations.TwoRoomHeating;

/// <summary>Arguments of a <see cref="ZoneController"/> in a composed environment.</summary>
internal sealed record ZoneControllerArguments
{
    [EnvironmentParameter("Temperature above which it alerts the heater of a zone when it acts, event-driven only: the heater's next action may not heat. The default is never.", Unit = "°C", Minimum = 5, Maximum = Never)]
    public double AlertAbove { get; set; } = Never;

    // No zone is ever as warm.
    private const double Never = 1000;
}

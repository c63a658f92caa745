using Heron.Core.Environments;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Arguments of a <see cref="Microgrid"/> in a composed environment.</summary>
internal sealed record MicrogridArguments
{
    [EnvironmentParameter("Active power that it draws all the time.", Unit = "MW", Minimum = 0, Maximum = 1e6)]
    public double LoadMw { get; set; } = 3;
}

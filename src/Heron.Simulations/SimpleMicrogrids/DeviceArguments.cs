using Heron.Core.Environments;

namespace Heron.Simulations.SimpleMicrogrids;

/// <summary>Arguments of a <see cref="MicrogridDevice"/> in a composed environment.</summary>
internal sealed record DeviceArguments
{
    [EnvironmentParameter("Reward lost per unit of safety violation.", Minimum = 0, Maximum = 1e9)]
    public double Penalty { get; set; } = 10;
}

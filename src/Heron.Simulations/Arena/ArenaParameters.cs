using Heron.Core.Environments;

namespace Heron.Simulations.Arena;

/// <summary>Parameters of MultiAgentArena-v0.</summary>
public sealed record ArenaParameters
{
    /// <summary>Columns of the grid, default 10.</summary>
    [EnvironmentParameter("Columns of the grid.", Minimum = 1, Maximum = 256)]
    public int Width { get; set; } = 10;

    /// <summary>Rows of the grid, default 10.</summary>
    [EnvironmentParameter("Rows of the grid.", Minimum = 1, Maximum = 256)]
    public int Height { get; set; } = 10;

    /// <summary>Length of an episode in steps, default 100.</summary>
    [EnvironmentParameter("Length of an episode.", Unit = "steps", Minimum = 1, Maximum = 1_000_000)]
    public int Ts { get; set; } = 100;

    /// <summary>Whose moves collide: <c>either</c> (default) or <c>agent1_only</c>.</summary>
    [EnvironmentParameter("Whose blocked moves count as a collision.", Choices = ["either", "agent1_only"])]
    public string Collisions { get; set; } = "either";
}

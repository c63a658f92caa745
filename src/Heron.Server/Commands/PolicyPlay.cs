using Heron.Core.Environments;
using Heron.Learning.Training;

namespace Heron.Server.Commands;

/// <summary>Actions of trained policies.</summary>
/// <param name="policies">The policies.</param>
/// <param name="greedy">Whether they take the likeliest action instead of drawing one.</param>
internal sealed class PolicyPlay(PolicySet policies, bool greedy) : IPlayedActions
{
    private readonly PolicyDriver _driver = new(policies, copies: 1);

    /// <inheritdoc/>
    public void Start(uint seed) => _driver.Seed(0, seed);

    /// <inheritdoc/>
    public void Write(VectorEnvironment environment) => _driver.Act(environment, greedy);
}

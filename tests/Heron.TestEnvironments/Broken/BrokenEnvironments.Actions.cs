using Heron.Core.Environments;

namespace Heron.TestEnvironments.Broken;

public static partial class BrokenEnvironments
{
    private static IEnumerable<BrokenEnvironment> WithBrokenActions()
    {
        yield return BeforeSteps("ExtremeActionsAccepted", "throws at an upper bound", (in StepBuffers buffers) =>
            _ = buffers.Continuous(0)[0] == 1 ? throw new InvalidOperationException("too high") : 0);
        yield return Altered("ForbiddenActionsAccepted", "has no reward for a forbidden action", inner =>
        {
            bool forbidden = false;
            return new AlteredEnvironment(inner, Sound.Spec)
            {
                BeforeStep = (in StepBuffers buffers) =>
                    forbidden = (buffers.Flags[1] & AgentFlags.MustAct) != 0 && buffers.Mask(1)[buffers.Discrete(1)[0]] == 0,
                AfterStep = (in StepBuffers buffers) => buffers.Rewards[1] = forbidden ? float.NaN : buffers.Rewards[1],
            };
        });
        yield return AfterSteps("ActionsClipped", "rewards by the action as it was given", (in StepBuffers buffers) =>
            buffers.Rewards[0] += 0.001f * Math.Clamp(buffers.Continuous(0)[0], -10, 10));
        yield return AfterSteps("IdleActionsIgnored", "rewards by the action of an agent that need not act", (in StepBuffers buffers) =>
        {
            if ((buffers.Flags[1] & AgentFlags.Alive) != 0)
            {
                buffers.Rewards[1] += 0.001f * buffers.Discrete(1)[0];
            }
        });
    }
}

using Heron.Core.Environments;
using Heron.TestEnvironments.Probe;

namespace Heron.TestEnvironments.Broken;

public static partial class BrokenEnvironments
{
    private static IEnumerable<BrokenEnvironment> WithBrokenFlags()
    {
        yield return AfterSteps("NoExceptions", "throws in step 3", (in StepBuffers buffers) =>
        {
            if (StepOf(buffers) == 3)
            {
                throw new InvalidOperationException("out of order");
            }
        });
        yield return new BrokenEnvironment(
            "SpecShared", "gives each copy its own specification", new EnvironmentFactory(Sound.Spec, () => ProbeEnvironment.Definition.Configure().Create()));
        yield return Altered("ResetStartsEpisode", "starts without agents", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            AfterReset = (in StepBuffers buffers) => buffers.Flags.Clear(),
        });
        yield return Altered("ResetStartsEpisode", "starts with a terminated agent", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            AfterReset = (in StepBuffers buffers) => buffers.Flags[1] = AgentFlags.Observed | AgentFlags.Terminated,
        });
        yield return AfterSteps("FlagsConsistent", "asks an agent that it does not show anything", (in StepBuffers buffers) => Replace(buffers.Flags, Asked, Asked & ~AgentFlags.Observed));
        yield return AfterSteps("FlagsConsistent", "ends an agent that it keeps alive", (in StepBuffers buffers) => Add(buffers.Flags, Ended, AgentFlags.Alive));
        yield return AfterSteps("FlagsConsistent", "sets a bit without meaning", (in StepBuffers buffers) => buffers.Flags[0] |= (AgentFlags)64);
        yield return AfterCalls("FlagsConsistent", "observes agents that have not joined", (in StepBuffers buffers) => Replace(buffers.Flags, AgentFlags.None, AgentFlags.Observed));
        yield return AfterSteps("EndsAreTold", "drops agents silently", (in StepBuffers buffers) =>
        {
            Replace(buffers.Flags, AgentFlags.Observed | AgentFlags.Terminated, AgentFlags.None);
            Replace(buffers.Flags, AgentFlags.Observed | AgentFlags.Truncated, AgentFlags.None);
        });
        yield return AfterSteps("EndsAreTold", "truncates an agent that has not joined", (in StepBuffers buffers) =>
        {
            if (StepOf(buffers) == 1)
            {
                Replace(buffers.Flags, AgentFlags.None, AgentFlags.Observed | AgentFlags.Truncated);
            }
        });
        yield return Altered("FinishedStayFinished", "brings a finished agent back", inner =>
        {
            bool ended = false;
            return new AlteredEnvironment(inner, Sound.Spec)
            {
                AfterReset = (in StepBuffers _) => ended = false,
                AfterStep = (in StepBuffers buffers) =>
                {
                    buffers.Flags[1] = ended && buffers.Flags[1] == AgentFlags.None ? AgentFlags.Alive | AgentFlags.Observed : buffers.Flags[1];
                    ended |= (buffers.Flags[1] & Ended) != 0;
                },
            };
        });
        EnvironmentFactory longer = ProbeEnvironment.Definition.Configure(new Dictionary<string, object> { ["episode_steps"] = 40 });
        yield return new BrokenEnvironment(
            "EpisodeLimitHeld", "goes on after the limit", new EnvironmentFactory(Sound.Spec, () => new AlteredEnvironment(longer.Create(), Sound.Spec)));
    }

    private static void Replace(Span<AgentFlags> flags, AgentFlags from, AgentFlags to)
    {
        foreach (ref AgentFlags flag in flags)
        {
            flag = flag == from ? to : flag;
        }
    }

    private static void Add(Span<AgentFlags> flags, AgentFlags where, AgentFlags what)
    {
        foreach (ref AgentFlags flag in flags)
        {
            flag |= (flag & where) != 0 ? what : AgentFlags.None;
        }
    }
}

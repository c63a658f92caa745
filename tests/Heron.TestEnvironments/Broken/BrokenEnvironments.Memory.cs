using Heron.Core.Agents;
using Heron.Core.Environments;

namespace Heron.TestEnvironments.Broken;

public static partial class BrokenEnvironments
{
    private static IEnumerable<BrokenEnvironment> WithMemory()
    {
        yield return new BrokenEnvironment("AgentsKeepNothing", "counts actions in a field of the agent", new HeronEnvironmentBuilder("Pump-v0", new HeronEnvironmentOptions { MaxEpisodeSteps = 30 })
            .Add(new SystemAgent())
            .Add(new CountingPump("pump"), "system_agent")
            .Build());
        int copies = 0;
        yield return Altered("SeedsRepeat", "pays each copy differently", inner =>
        {
            int number = copies++;
            return Paying(inner, () => number);
        });
        yield return Altered("ResetForgets", "counts its episodes", inner =>
        {
            int episodes = 0;
            return Paying(inner, () => episodes, (in StepBuffers _) => episodes++);
        });
        int shared = 0;
        yield return Altered("CopiesIndependent", "counts the steps of all copies", inner =>
            Paying(inner, () => shared++, (in StepBuffers _) => shared = 0));
        IMultiAgentEnvironment? one = null;
        yield return new BrokenEnvironment("VectorEqualsSingles", "hands out one copy twice", new EnvironmentFactory(Sound.Spec, () =>
        {
            IMultiAgentEnvironment given = one ?? Sound.Create();
            one = one is null ? given : null;
            return given;
        }));
        object[] kept = new object[1];
        yield return Altered("NothingAllocated", "allocates in every step", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            AfterStep = (in StepBuffers _) => kept[0] = new object(),
        });
        yield return Altered("NothingAllocated", "allocates in resets", inner => new AlteredEnvironment(inner, Sound.Spec)
        {
            AfterReset = (in StepBuffers _) => kept[0] = new object(),
        });
    }

    /// <summary>Adds a little to the first agent's reward in every step.</summary>
    private static AlteredEnvironment Paying(IMultiAgentEnvironment inner, Func<int> amount, AlteredEnvironment.BufferChange? afterReset = null) =>
        new(inner, Sound.Spec)
        {
            AfterReset = afterReset,
            AfterStep = (in StepBuffers buffers) => buffers.Rewards[0] += 0.001f * amount(),
        };
}

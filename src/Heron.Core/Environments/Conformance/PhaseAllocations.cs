using Heron.Core.Features;

namespace Heron.Core.Environments.Conformance;

/// <summary>Tells which phase of a step allocates, so that an author knows where to look.</summary>
internal static class PhaseAllocations
{
    private const int Steps = 200;

    private delegate void Phase(StepPipeline pipeline, StateStore store, ISimulationBridge? bridge, in StepBuffers buffers);

    private static readonly (string Code, Phase Run)[] Phases =
    [
        ("PreStep of the system agent", (StepPipeline pipeline, StateStore store, ISimulationBridge? _, in StepBuffers _) => pipeline.PreStep(store)),
        ("a policy or a protocol", (StepPipeline pipeline, StateStore store, ISimulationBridge? _, in StepBuffers buffers) => pipeline.Decide(store, buffers)),
        ("Apply of an agent", (StepPipeline pipeline, StateStore store, ISimulationBridge? _, in StepBuffers buffers) => pipeline.Apply(store, buffers)),
        ("ReadState or Simulate of the bridge", (StepPipeline pipeline, StateStore store, ISimulationBridge? bridge, in StepBuffers _) => pipeline.Simulate(store, bridge)),
        ("WriteResults of the bridge", (StepPipeline pipeline, StateStore store, ISimulationBridge? bridge, in StepBuffers _) => pipeline.Publish(store, bridge)),
        ("a message handler or a protocol between equals", (StepPipeline pipeline, StateStore store, ISimulationBridge? _, in StepBuffers _) => pipeline.Share(store)),
        ("Observe of an agent", (StepPipeline pipeline, StateStore store, ISimulationBridge? _, in StepBuffers buffers) => pipeline.Observe(store, buffers)),
        ("Reward or WriteMetrics of an agent, or the score", (StepPipeline pipeline, StateStore store, ISimulationBridge? _, in StepBuffers buffers) => pipeline.Score(store, buffers)),
        ("IsTerminated, IsTruncated or WriteActionMask of an agent", (StepPipeline pipeline, StateStore store, ISimulationBridge? _, in StepBuffers buffers) => pipeline.Conclude(store, buffers)),
    ];

    /// <summary>The code that allocates most in a step, with bytes per step; null when steps allocate nothing, or the environment is no agent tree.</summary>
    public static string? Find(Trial trial)
    {
        TrialCopy copy = trial.NewCopy();
        if (copy.Environment is not HeronEnvironment heron)
        {
            return null;
        }

        long[] bytes = new long[Phases.Length];
        TrialActions actions = trial.NewActions(trial.Options.Seed);
        copy.Reset(trial.Options.Seed);
        for (int step = 0; step < 2 * Steps; step++)
        {
            if (!trial.GoesOn(copy))
            {
                copy.Reset(trial.Options.Seed + (uint)step);
            }

            // The first half warms up.
            actions.Fill(copy);
            Step(copy, heron, step < Steps ? new long[Phases.Length] : bytes);
        }

        int most = Array.IndexOf(bytes, bytes.Max());
        return bytes[most] == 0 ? null : $"{Phases[most].Code} ({bytes[most] / Steps} bytes per step)";
    }

    private static void Step(TrialCopy copy, HeronEnvironment heron, long[] bytes)
    {
        StepBuffers buffers = copy.BeginStep();
        for (int phase = 0; phase < Phases.Length; phase++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            Phases[phase].Run(heron.Pipeline, heron.Store, heron.Bridge, buffers);
            bytes[phase] += GC.GetAllocatedBytesForCurrentThread() - before;
        }

        heron.Pipeline.Remember(heron.Store);
    }
}

using Heron.Core.Environments;

namespace Heron.TestEnvironments.Broken;

/// <summary>An environment with one thing changed about it.</summary>
internal sealed class AlteredEnvironment(IMultiAgentEnvironment inner, EnvironmentSpec spec) : IMultiAgentEnvironment
{
    /// <summary>Changes the buffers after a reset or step, or looks at the actions.</summary>
    public delegate void BufferChange(in StepBuffers buffers);

    /// <summary>Writes a state; gets the wrapped environment and the destination.</summary>
    public delegate void StateWrite(IMultiAgentEnvironment environment, Span<byte> destination);

    /// <summary>Takes over a state; gets the wrapped environment and the bytes.</summary>
    public delegate void StateRead(IMultiAgentEnvironment environment, ReadOnlySpan<byte> source);

    public EnvironmentSpec Spec => spec;

    public BufferChange? AfterReset { get; init; }

    public BufferChange? BeforeStep { get; init; }

    public BufferChange? AfterStep { get; init; }

    public StateWrite? OnSave { get; init; }

    public StateRead? OnLoad { get; init; }

    public Func<IMultiAgentEnvironment, string, string>? OnRender { get; init; }

    /// <summary>Bytes that the state has on top of the wrapped environment's.</summary>
    public int ExtraStateBytes { get; init; }

    public int StateByteCount => inner.StateByteCount + ExtraStateBytes;

    public void Reset(uint seed, in StepBuffers buffers)
    {
        inner.Reset(seed, buffers);
        AfterReset?.Invoke(buffers);
    }

    public void Step(in StepBuffers buffers)
    {
        BeforeStep?.Invoke(buffers);
        inner.Step(buffers);
        AfterStep?.Invoke(buffers);
    }

    public void SaveState(Span<byte> destination)
    {
        if (OnSave is null)
        {
            inner.SaveState(destination);
        }
        else
        {
            OnSave(inner, destination);
        }
    }

    public void LoadState(ReadOnlySpan<byte> source)
    {
        if (OnLoad is null)
        {
            inner.LoadState(source);
        }
        else
        {
            OnLoad(inner, source);
        }
    }

    public string Render(string mode) => OnRender is null ? inner.Render(mode) : OnRender(inner, mode);
}

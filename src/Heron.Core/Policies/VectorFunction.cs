namespace Heron.Core.Policies;

/// <summary>A function from vectors to vectors: the forward pass of a network.</summary>
/// <param name="inputs">What the agent sees.</param>
/// <param name="outputs">Receives the outputs.</param>
public delegate void VectorFunction(ReadOnlySpan<float> inputs, Span<float> outputs);

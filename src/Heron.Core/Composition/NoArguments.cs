namespace Heron.Core.Composition;

/// <summary>The arguments of an entry that has none.</summary>
public sealed record NoArguments;

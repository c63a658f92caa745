namespace Heron.Core.Composition;

/// <summary>How a member of a composition was given its place, in the order of siblings.</summary>
internal enum Placement
{
    /// <summary>Its coordinator names it.</summary>
    Named,

    /// <summary>A pattern of its coordinator finds it.</summary>
    Found,

    /// <summary>It names its coordinator, or nobody places it.</summary>
    Own,
}

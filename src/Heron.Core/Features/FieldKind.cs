namespace Heron.Core.Features;

#pragma warning disable CA1720 // A kind is named after the C# type that it is.

/// <summary>Type of a feature's field; each is one float in the vector form.</summary>
public enum FieldKind
{
    /// <summary>Rounded to the nearest float.</summary>
    Double,

    /// <summary>As it is.</summary>
    Float,

    /// <summary>Widened; exact up to 16,777,216.</summary>
    Int,

    /// <summary>0 or 1.</summary>
    Bool,
}

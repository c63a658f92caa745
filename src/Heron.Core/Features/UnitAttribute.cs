namespace Heron.Core.Features;

/// <summary>Unit of a feature's field, shown in observation labels and renderings, for example <c>MW</c>.</summary>
/// <param name="symbol">The unit's symbol.</param>
[AttributeUsage(AttributeTargets.Field)]
public sealed class UnitAttribute(string symbol) : Attribute
{
    /// <summary>The unit's symbol.</summary>
    public string Symbol { get; } = symbol;
}

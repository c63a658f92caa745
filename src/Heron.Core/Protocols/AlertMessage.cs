namespace Heron.Core.Protocols;

/// <summary>What a <see cref="ThresholdAlert"/> says about one field of its recipient.</summary>
public struct AlertMessage
{
    /// <summary>Whether the field has crossed its threshold.</summary>
    public bool IsActive;

    /// <summary>The field's value, in its own unit, when the alert was raised or called off; 0 before the first.</summary>
    public double Current;

    /// <summary>The threshold, in the same unit.</summary>
    public double Threshold;
}

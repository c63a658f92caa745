namespace Heron.Server.Driving;

/// <summary>Policies that need no checkpoint.</summary>
internal enum BuiltinPolicy
{
    /// <summary>Every agent acts at random within its space and its mask.</summary>
    Random,

    /// <summary>Every agent takes its neutral action.</summary>
    Neutral,

    /// <summary>The environment's own rules decide.</summary>
    Rules,
}

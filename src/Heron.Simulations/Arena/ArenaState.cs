namespace Heron.Simulations.Arena;

/// <summary>Everything that changes in an arena, except the visited fields. Ints only, so that it has no padding to save.</summary>
/// <remarks>Both returns follow from the counts, so they carry no rounding from step to step.</remarks>
internal struct ArenaState
{
    public int Row1;
    public int Column1;
    public int Row2;
    public int Column2;

    /// <summary>Steps since the reset.</summary>
    public int Step;

    /// <summary>1 when the last step had a collision.</summary>
    public int Collided;

    /// <summary>Steps with a collision.</summary>
    public int Collisions;

    /// <summary>Steps without a collision in which agent1 entered a new field.</summary>
    public int RewardedFields;

    /// <summary>Fields agent1 has been on, its start included.</summary>
    public int VisitedFields;
}

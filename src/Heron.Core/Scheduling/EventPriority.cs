namespace Heron.Core.Scheduling;

/// <summary>Order within an instant; see <see cref="EventKind"/>.</summary>
internal static class EventPriority
{
    public const int StateChange = 0;
    public const int Physics = 1;
    public const int Message = 2;
    public const int Highest = 100;
}

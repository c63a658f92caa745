namespace Heron.Core.Scheduling;

/// <summary>A kind of event that agents send each other; see <see cref="CustomEvent{T}"/>.</summary>
public abstract class CustomEvent
{
    private protected CustomEvent(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        Name = name;
    }

    /// <summary>Its name in traces and statistics.</summary>
    public string Name { get; }
}

using Heron.Core.Agents;

namespace Heron.Core.Features;

/// <summary>A named part of an agent's state: which fields it has, who may see it and where it stands in the state store.</summary>
public abstract class Feature
{
    private protected Feature(Agent owner, string name, Visibility visibility, IReadOnlyList<FeatureField> fields)
    {
        Owner = owner;
        Name = name;
        Visibility = visibility;
        Fields = fields;
    }

    /// <summary>The agent that declared it.</summary>
    public Agent Owner { get; }

    /// <summary>Unique within its owner; the struct's name unless another was given.</summary>
    public string Name { get; }

    /// <summary>Who may see it.</summary>
    public Visibility Visibility { get; }

    /// <summary>Its vector form: one float per field, in declaration order.</summary>
    public IReadOnlyList<FeatureField> Fields { get; }

    /// <summary>Whether views offer its value at the last rewards too.</summary>
    public bool KeepsPrevious { get; internal init; }

    /// <summary>Owner and name, for example <c>mg_0.microgrid_load</c>.</summary>
    internal string FullName => $"{Owner.Id}.{FeatureSchema.SnakeCase(Name)}";

    internal StateLayout? Layout { get; private set; }

    internal int Offset { get; private set; }

    /// <summary>Where its value at the last rewards stands; means something for features that keep it.</summary>
    internal int PreviousOffset { get; private set; }

    internal abstract int ByteCount { get; }

    /// <summary>What kind of feature it is, in saved texts.</summary>
    internal abstract string TypeName { get; }

    internal virtual bool HasCheck => false;

    /// <summary>Holds the feature within its limits.</summary>
    internal virtual void Check(StateStore store)
    {
    }

    /// <summary>Whether an agent of the same tree may see this feature.</summary>
    /// <param name="observer">The agent that asks.</param>
    public bool IsVisibleTo(Agent observer)
    {
        if (ReferenceEquals(observer, Owner))
        {
            return Visibility != Visibility.None && !Visibility.HasFlag(Visibility.HiddenFromOwner);
        }

        return Visibility.HasFlag(Visibility.Public)
            || (Visibility.HasFlag(Visibility.UpperLevel) && ReferenceEquals(Owner.Parent, observer))
            || (Visibility.HasFlag(Visibility.System) && observer is SystemAgent)
            || (Visibility.HasFlag(Visibility.Ancestors) && observer.IsAbove(Owner));
    }

    internal FeatureState Read(StateStore store) => new(Name, TypeName, FeatureBytes.ToDictionary(Fields, store.Block.Slice(store.OffsetOf(this), ByteCount)));

    internal float[] ReadVector(StateStore store) => FeatureBytes.ToVector(Fields, store.Block.Slice(store.OffsetOf(this), ByteCount));

    internal void Place(StateLayout layout, int offset, int previousOffset)
    {
        Layout = layout;
        Offset = offset;
        PreviousOffset = previousOffset;
    }

    internal abstract void WriteInitial(Span<byte> destination);
}

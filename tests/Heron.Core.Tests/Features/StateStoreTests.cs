using System.Runtime.CompilerServices;
using Heron.Core.Agents;
using Heron.Core.Features;
using Heron.Core.Randomness;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Features;

public sealed class StateStoreTests
{
    private static StateStore Build(out Feature<Reading> a, out Feature<Reading> b)
    {
        PlainField first = new("a"), second = new("b");
        a = first.Declare(1, Visibility.Owner);
        b = second.Declare(2, Visibility.Owner);
        var tree = AgentTree.Build("Store-v0", [(new PlainSystem(), null), (first, "system"), (second, "system")]);
        var store = new StateStore(new StateLayout(tree));
        store.Start(seed: 5);
        return store;
    }

    [Fact]
    public void Start_NewStore_HoldsInitialValuesAndNeutralActions()
    {
        StateStore store = Build(out Feature<Reading> a, out Feature<Reading> b);

        Assert.Equal((1f, 2f), (store.Get(a).Value, store.Get(b).Value));
        Assert.Equal([0f, 0f], store.ContinuousActions.ToArray());
        Assert.Equal((0L, 0L), (store.Clock.Step, store.Clock.Nanoseconds));
    }

    [Fact]
    public void Layout_EveryFeature_IsAlignedAndApart()
    {
        StateStore store = Build(out Feature<Reading> a, out Feature<Reading> b);

        Assert.Equal((0, 0), (a.Offset % sizeof(double), b.Offset % sizeof(double)));
        Assert.True(b.Offset >= a.Offset + Unsafe.SizeOf<Reading>());
        Assert.True(b.Offset + Unsafe.SizeOf<Reading>() <= store.Layout.ByteCount);
    }

    [Fact]
    public void CopyTo_Snapshot_KeepsWhatTheStoreWas()
    {
        StateStore store = Build(out Feature<Reading> a, out _);
        var snapshot = new StateStore(store.Layout);

        store.Get(a).Value = 8;
        store.CopyTo(snapshot);
        store.Get(a).Value = 9;

        Assert.Equal(8, snapshot.Get(a).Value);
        Assert.Equal(9, store.Get(a).Value);
    }

    [Fact]
    public void Get_FeatureOfAnotherEnvironment_NamesAgentAndFeature()
    {
        StateStore store = Build(out _, out _);
        Build(out Feature<Reading> foreign, out _);
        Feature<Reading> loose = new PlainField("loose").Declare(0, Visibility.Owner);

        var foreignError = Assert.Throws<InvalidOperationException>(() => store.Get(foreign).Value);
        var looseError = Assert.Throws<InvalidOperationException>(() => store.Get(loose).Value);

        Assert.Contains("'Reading' of agent 'a' belongs to another environment", foreignError.Message);
        Assert.Contains("'loose' is in no environment yet", looseError.Message);
    }

    [Fact]
    public void Stream_OfAnAgent_DependsOnSeedAndIdOnly()
    {
        StateStore store = Build(out Feature<Reading> a, out Feature<Reading> b);
        var alone = new PlainField("b");
        var otherTree = AgentTree.Build("Other-v0", [(new PlainSystem("root"), null), (alone, "root")]);
        var other = new StateStore(new StateLayout(otherTree));
        other.Start(seed: 5);

        RandomStream streamA = store.Stream(a.Owner.Index);
        RandomStream streamB = store.Stream(b.Owner.Index);
        RandomStream streamAlone = other.Stream(alone.Index);
        ulong drawn = streamB.NextUInt64();

        Assert.Equal(drawn, streamAlone.NextUInt64());
        Assert.NotEqual(drawn, streamA.NextUInt64());
    }

    [Fact]
    public void Start_AnotherSeed_ChangesEveryStream()
    {
        StateStore store = Build(out Feature<Reading> a, out _);
        RandomStream before = store.Stream(a.Owner.Index), environmentBefore = store.Stream(-1);

        store.Start(seed: 6);
        RandomStream after = store.Stream(a.Owner.Index), environmentAfter = store.Stream(-1);

        Assert.NotEqual(before.NextUInt64(), after.NextUInt64());
        Assert.NotEqual(environmentBefore.NextUInt64(), environmentAfter.NextUInt64());
    }
}

using FsCheck;
using FsCheck.Fluent;
using Heron.Core.Environments;
using Heron.Core.Scheduling;

namespace Heron.Core.Tests.Scheduling;

public sealed class EventQueueTests
{
    private static EventRecord Named(int name) => new() { Agent = name, Kind = EventKind.AgentTick };

    private static List<int> Drain(EventQueue queue)
    {
        var names = new List<int>();
        while (queue.TryPeek(out _, out _))
        {
            names.Add(queue.Pop(out _, out _, out _).Agent);
        }

        return names;
    }

    // Few times and priorities, so that ties are the rule.
    private static Arbitrary<(int Time, int Priority)[]> Schedules() =>
        Gen.Choose(0, 5).SelectMany(time => Gen.Choose(0, 3).Select(priority => (time, priority))).ArrayOf().ToArbitrary();

    [Fact]
    public void Pop_AnySchedule_FollowsTimePriorityAndSequence() =>
        Prop.ForAll(Schedules(), schedule =>
        {
            var queue = new EventQueue();
            for (int i = 0; i < schedule.Length; i++)
            {
                queue.Push(schedule[i].Time, schedule[i].Priority, Named(i));
            }

            // OrderBy is stable: equals stay in the order in which they came.
            IEnumerable<int> expected = Enumerable.Range(0, schedule.Length).OrderBy(i => schedule[i].Time).ThenBy(i => schedule[i].Priority);
            return expected.SequenceEqual(Drain(queue));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Pop_PushesAndCancelsInBetween_EqualsASortedList() =>
        Prop.ForAll(Schedules(), schedule =>
        {
            var queue = new EventQueue();
            var model = new List<(int Time, int Priority, int Name)>();
            var ids = new List<EventId>();
            var popped = new List<int>();
            var expected = new List<int>();
            int now = 0;
            for (int i = 0; i < schedule.Length; i++)
            {
                int time = now + schedule[i].Time;
                ids.Add(queue.Push(time, schedule[i].Priority, Named(i)));
                model.Add((time, schedule[i].Priority, i));
                if (i % 3 == 1)
                {
                    int victim = i / 2;
                    bool isThere = model.RemoveAll(entry => entry.Name == victim) > 0;
                    if (queue.TryCancel(ids[victim], out _) != isThere)
                    {
                        return false;
                    }
                }

                if (i % 4 == 3 && model.Count > 0)
                {
                    (int Time, int Priority, int Name) next = model.OrderBy(entry => entry.Time).ThenBy(entry => entry.Priority).ThenBy(entry => entry.Name).First();
                    model.Remove(next);
                    expected.Add(next.Name);
                    now = next.Time;
                    popped.Add(queue.Pop(out _, out _, out _).Agent);
                }
            }

            expected.AddRange(model.OrderBy(entry => entry.Time).ThenBy(entry => entry.Priority).ThenBy(entry => entry.Name).Select(entry => entry.Name));
            bool countsLiveOnly = queue.Pending == model.Count;
            return countsLiveOnly && expected.SequenceEqual(popped.Concat(Drain(queue)));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Load_AnySchedule_GoesOnAlike() =>
        Prop.ForAll(Schedules(), schedule =>
        {
            var original = new EventQueue();
            EventId first = default;
            for (int i = 0; i < schedule.Length; i++)
            {
                EventId id = original.Push(schedule[i].Time, schedule[i].Priority, Named(i));
                first = i == 0 ? id : first;
            }

            original.TryCancel(first, out _);
            byte[] bytes = new byte[original.ByteCount];
            var writer = new StateWriter(bytes);
            original.Save(ref writer);
            var copy = new EventQueue();
            var reader = new StateReader(bytes);
            copy.Load(ref reader);
            reader.ExpectEnd();

            original.Push(2, 1, Named(-7));
            copy.Push(2, 1, Named(-7));
            return original.Pending == copy.Pending && Drain(original).SequenceEqual(Drain(copy));
        }).QuickCheckThrowOnFailure();

    // As when a thousand agents do the same at the same instants, one after the other.
    [Fact]
    public void Push_ManyEventsOfFewInstants_TakesOnePlaceForEachInstant()
    {
        var queue = new EventQueue();

        for (int i = 0; i < 3_000; i++)
        {
            queue.Push(1_000_000_000 + (i % 3 * 50_000_000), priority: i % 3, Named(i));
        }

        Assert.Equal((3, 3_000), (queue.HeapCount, queue.Pending));
        Assert.Equal(Enumerable.Range(0, 3_000).OrderBy(i => i % 3), Drain(queue));
        Assert.Equal(0, queue.HeapCount);
    }

    [Fact]
    public void TryPeek_CancelledEventInFront_SeesTheOneBehind()
    {
        var queue = new EventQueue();
        EventId front = queue.Push(1, 0, Named(1));
        queue.Push(9, 2, Named(2));

        Assert.True(queue.TryCancel(front, out EventRecord cancelled));

        Assert.Equal(1, cancelled.Agent);
        Assert.True(queue.TryPeek(out long time, out int priority));
        Assert.Equal((9, 2), (time, priority));
        Assert.Equal(1, queue.Pending);
    }

    [Fact]
    public void TryCancel_Twice_SucceedsOnce()
    {
        var queue = new EventQueue();
        EventId id = queue.Push(1, 0, Named(1));

        Assert.True(queue.TryCancel(id, out _));
        Assert.False(queue.TryCancel(id, out _));
        Assert.False(queue.TryCancel(default, out _));
    }

    [Fact]
    public void TryCancel_EventThatHappened_DoesNotHitTheNextInItsPlace()
    {
        var queue = new EventQueue();
        EventId happened = queue.Push(1, 0, Named(1));
        queue.Pop(out _, out _, out _);
        queue.Push(2, 0, Named(2));

        Assert.False(queue.TryCancel(happened, out _));
        Assert.Equal([2], Drain(queue));
    }

    [Fact]
    public void Clear_WithEvents_ForgetsThemAndTheirIds()
    {
        var queue = new EventQueue();
        EventId old = queue.Push(1, 0, Named(1));

        queue.Clear();
        queue.Push(1, 0, Named(2));

        Assert.False(queue.TryCancel(old, out _));
        Assert.Equal([2], Drain(queue));
    }

    [Fact]
    public void Push_MoreThanItHolds_ThrowsUntilOneHappens()
    {
        var queue = new EventQueue();
        for (int i = 0; i < EventQueue.MaximumPending; i++)
        {
            queue.Push(i, 0, Named(i));
        }

        EventOverflowException overflow = Assert.Throws<EventOverflowException>(() => queue.Push(0, 0, Named(0)));
        queue.Pop(out _, out _, out _);
        queue.Push(0, 0, Named(7));

        Assert.StartsWith("1048576 events wait to happen, the most that a copy holds. ", overflow.Message, StringComparison.Ordinal);
        Assert.Equal(7, queue.Pop(out _, out _, out _).Agent);
    }
}

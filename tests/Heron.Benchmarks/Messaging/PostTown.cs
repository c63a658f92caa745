using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Protocols;
using Heron.Core.Scheduling;
using Heron.Core.Spaces;

namespace Heron.Benchmarks.Messaging;

/// <summary>Environments of agents that only write to each other.</summary>
internal static class PostTown
{
    /// <summary>Letters that each agent sends in one step.</summary>
    public const int LettersPerStep = 10;

    /// <summary>Every agent writes ten letters a step to the next one, whose handler reads them when they are due.</summary>
    /// <param name="agents">At least 1.</param>
    /// <param name="delaySeconds">How long a letter is under way; a step takes one second.</param>
    public static EnvironmentFactory Letters(int agents, double delaySeconds)
    {
        HeronEnvironmentBuilder builder = new HeronEnvironmentBuilder("Letters-v0").Add(new Root());
        Writer[] writers = [.. Enumerable.Range(0, agents).Select(i => new Writer($"writer_{i}", delaySeconds))];
        for (int i = 0; i < agents; i++)
        {
            writers[i].SendsTo = writers[(i + 1) % agents].Post;
            builder.Add(writers[i], "system");
        }

        return builder.Build();
    }

    /// <summary>A protocol that says something to every member in every step.</summary>
    /// <param name="agents">Members.</param>
    /// <param name="communication">What it says.</param>
    public static EnvironmentFactory Announcements(int agents, CommunicationProtocol communication) =>
        new HeronEnvironmentBuilder("Announcements-v0").Add(new Root()).AddMany("member", agents, id => new Member(id), "system")
            .Coordinate("system", new Protocol(communication)).Build();

    private struct Letter
    {
        public double Number;
    }

    private struct State
    {
        public double Value;
    }

    private sealed class Root() : SystemAgent("system");

    private sealed class Member : FieldAgent
    {
        public Member(string id)
            : base(id)
        {
            ActionSpace = new BoxSpace(-1, 1);
            AddFeature(default(State), Visibility.Owner);
        }
    }

    private sealed class Writer : FieldAgent
    {
        private readonly double _delaySeconds;

        public Writer(string id, double delaySeconds)
            : base(id)
        {
            _delaySeconds = delaySeconds;
            ActionSpace = new BoxSpace(-1, 1);
            Schedule = ScheduleConfig.Deterministic(1);
            Feature<State> sum = AddFeature(default(State), Visibility.Owner);
            Post = AddMailbox<Letter>("post", capacity: 8 * LettersPerStep, handler: (in context, in message) => context.Get(sum).Value += message.Payload.Number);
        }

        public Mailbox<Letter> Post { get; }

        public Mailbox<Letter>? SendsTo { get; set; }

        public override void Apply(in AgentContext context)
        {
            for (int i = 0; i < LettersPerStep; i++)
            {
                context.Send(SendsTo!, new Letter { Number = i }, _delaySeconds);
            }
        }
    }
}

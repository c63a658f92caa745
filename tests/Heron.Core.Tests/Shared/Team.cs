using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Features;
using Heron.Core.Messaging;
using Heron.Core.Policies;
using Heron.Core.Protocols;
using Heron.Core.Spaces;

namespace Heron.Core.Tests.Shared;

/// <summary>A lead above members that note the action they applied; protocols, policies and features are the test's.</summary>
internal sealed class Team
{
    private readonly HeronEnvironmentBuilder _builder = new("Team-v0");

    public Team(params Member[] members)
        : this(new PlainCoordinator("lead"), members)
    {
    }

    public Team(CoordinatorAgent lead, params Member[] members)
    {
        Lead = lead;
        Members = members;
        _builder.Add(new PlainSystem()).Add(lead, "system");
        foreach (Member member in members)
        {
            _builder.Add(member, lead.Id);
        }
    }

    public CoordinatorAgent Lead { get; }

    public Member[] Members { get; }

    public HeronEnvironmentBuilder Builder => _builder;

    /// <summary>Members "d0", "d1", ... with the given spaces.</summary>
    public static Team Of(params Space[] spaces) => new([.. spaces.Select((space, i) => new Member($"d{i}", space))]);

    public Team With(CommunicationProtocol? communication = null, ActionProtocol? action = null)
    {
        _builder.Coordinate(Lead.Id, new Protocol(communication, action));
        return this;
    }

    public Team DecideBy(string pattern, Policy policy)
    {
        _builder.DecideBy(pattern, policy);
        return this;
    }

    public TeamRun Start() => new(_builder.Build());

    /// <summary>Notes the last action that it applied, and how often it did.</summary>
    internal sealed class Member : FieldAgent
    {
        public Member(string id, Space? actions, IdleBehavior whenIdle = IdleBehavior.Hold, Policy? policy = null)
            : base(id)
        {
            ActionSpace = actions;
            WhenIdle = whenIdle;
            Policy = policy;
        }

        public Feature<T> Declare<T>(T initial, Visibility visibility, string? name = null)
            where T : unmanaged => AddFeature(initial, visibility, name);

        public VectorFeature Declare(string name, params string[] fields) => AddFeature(name, fields, [], Visibility.Owner);

        public Mailbox<T> DeclareMailbox<T>(string name)
            where T : unmanaged => AddMailbox<T>(name);
    }
}

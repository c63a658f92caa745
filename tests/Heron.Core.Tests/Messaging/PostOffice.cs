using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Messaging;
using Heron.Core.Spaces;
using Heron.Core.Tests.Shared;

namespace Heron.Core.Tests.Messaging;

/// <summary>Agents a and b with a mailbox of three places each, and one step of a second; a also owns a channel on which both listen.</summary>
internal sealed class PostOffice
{
    public PostOffice(OverflowBehavior overflow = OverflowBehavior.DropOldest, MessageHandler<Note>? handlerOfA = null, MessageHandler<Note>? handlerOfB = null)
    {
        A = new Clerk("a", overflow, handlerOfA);
        B = new Clerk("b", overflow, handlerOfB);
        A.News.Subscribe(A.Post);
        A.News.Subscribe(B.Post);
        Factory = new HeronEnvironmentBuilder("Post-v0").Add(new PlainSystem()).Add(A, "system").Add(B, "system").Build();
        Copy = new PostCopy(this);
    }

    public Clerk A { get; }

    public Clerk B { get; }

    public EnvironmentFactory Factory { get; }

    /// <summary>The copy that most tests look at.</summary>
    public PostCopy Copy { get; }

    public struct Note
    {
        public double Number;
        public int Page;
    }

    internal sealed class Clerk : FieldAgent
    {
        public Clerk(string id, OverflowBehavior overflow, MessageHandler<Note>? handler)
            : base(id)
        {
            ActionSpace = new BoxSpace(-1, 1);
            Post = AddMailbox("post", MessageKind.Info, capacity: 3, overflow, handler);
            News = AddChannel<Note>("news");
        }

        public Mailbox<Note> Post { get; }

        public Channel<Note> News { get; }
    }

    /// <summary>One copy of the environment, spoken to as its agents would.</summary>
    internal sealed class PostCopy
    {
        private readonly float[] _actions = new float[2];
        private readonly float[] _rewards = new float[2];
        private readonly AgentFlags[] _flags = new AgentFlags[2];

        public PostCopy(PostOffice office)
        {
            Environment = (HeronEnvironment)office.Factory.Create();
            Reset();
        }

        public HeronEnvironment Environment { get; }

        public void Reset() => Environment.Reset(0, Buffers());

        public void Step() => Environment.Step(Buffers());

        public AgentContext As(Clerk clerk) => new(Environment.Store, clerk);

        public AgentView ViewOf(Clerk clerk) => new(Environment.Store, clerk);

        public double[] ReceiveAll(Clerk clerk)
        {
            var received = new List<double>();
            while (As(clerk).TryReceive(clerk.Post, out Message<Note> message))
            {
                received.Add(message.Payload.Number);
            }

            return [.. received];
        }

        private StepBuffers Buffers() => new()
        {
            Layout = Environment.Spec.Layout,
            ContinuousActions = _actions,
            DiscreteActions = [],
            Observations = [],
            Rewards = _rewards,
            Flags = _flags,
            Masks = [],
            Metrics = [],
        };
    }
}

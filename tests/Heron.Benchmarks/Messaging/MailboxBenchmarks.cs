using BenchmarkDotNet.Attributes;
using Heron.Core.Agents;
using Heron.Core.Environments;
using Heron.Core.Messaging;
using Heron.Core.Spaces;

namespace Heron.Benchmarks.Messaging;

/// <summary>A message sent and received, from one agent to another in the same environment.</summary>
[MemoryDiagnoser]
public class MailboxBenchmarks : IDisposable
{
    private const int PairsPerStep = 1_000_000;

    private VectorEnvironment _environment = null!;

    [GlobalSetup]
    public void Start()
    {
        var recipient = new Recipient();
        EnvironmentFactory factory = new HeronEnvironmentBuilder("Messages-v0")
            .Add(new Root()).Add(new Sender(recipient.Post), "system").Add(recipient, "system").Build();
        _environment = new VectorEnvironment(factory, 1, threads: 1);
        _environment.Reset(1);
    }

    [GlobalCleanup]
    public void Dispose()
    {
        _environment.Dispose();
        GC.SuppressFinalize(this);
    }

    [Benchmark(OperationsPerInvoke = PairsPerStep)]
    public void SendAndReceive() => _environment.Step();

    private sealed class Root() : SystemAgent("system");

    private sealed class Recipient : FieldAgent
    {
        public Recipient()
            : base("recipient") => Post = AddMailbox<Note>("post");

        public Mailbox<Note> Post { get; }
    }

    private sealed class Sender : FieldAgent
    {
        private readonly Mailbox<Note> _post;

        public Sender(Mailbox<Note> post)
            : base("sender")
        {
            _post = post;
            ActionSpace = new BoxSpace(-1, 1);
        }

        public override void Apply(in AgentContext context)
        {
            for (int i = 0; i < PairsPerStep; i++)
            {
                context.Send(_post, new Note { Number = i });
                context.TryReceive(_post, out _);
            }
        }
    }

    private struct Note
    {
        public double Number;
    }
}

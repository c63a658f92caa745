using Google.Protobuf;
using Heron.Contracts.V1;

namespace Heron.Server.Tests.Shared;

/// <summary>Puts the messages of one result together; blocks are row-major, so that they follow each other.</summary>
public static class PackedResultJoiner
{
    public static PackedResult Join(IReadOnlyList<PackedResult> messages)
    {
        uint next = 0;
        foreach (PackedResult message in messages)
        {
            Assert.Equal(next, message.FirstEnv);
            Assert.Equal(message == messages[^1], message.Last);
            next += message.EnvCount;
        }

        return messages.Count == 1 ? messages[0] : new PackedResult
        {
            EnvCount = next,
            Last = true,
            Observations = Concat(messages, message => message.Observations),
            Rewards = Concat(messages, message => message.Rewards),
            AgentFlags = Concat(messages, message => message.AgentFlags),
            EnvFlags = Concat(messages, message => message.EnvFlags),
            ActionMasks = Concat(messages, message => message.ActionMasks),
            Metrics = Concat(messages, message => message.Metrics),
            EpisodeSeeds = Concat(messages, message => message.EpisodeSeeds),
            StateDigests = Concat(messages, message => message.StateDigests),
        };
    }

    private static ByteString Concat(IEnumerable<PackedResult> messages, Func<PackedResult, ByteString> field) =>
        ByteString.CopyFrom([.. messages.SelectMany(message => field(message))]);
}

using System.Globalization;
using System.Security.Cryptography;
using Heron.Core.Environments;
using Heron.Learning.Rollouts;

namespace Heron.Learning.Training;

/// <summary>The saved form of a training run.</summary>
/// <remarks>Layout, little-endian: mark, checksum of the rest, format version, texts that say what it fits, progress, running episodes, each policy, environments.</remarks>
internal sealed class TrainerState(PolicySet policies, TrainingOptions options, VectorEnvironment environment, PolicyTrainer[] trainers, EpisodeTracker episodes)
{
    private const uint Mark = 0x54_4E_52_48; // "HRNT"
    private const int FormatVersion = 1;
    private const int ChecksumStart = sizeof(uint);
    private const int ChecksumEnd = ChecksumStart + 32;

    /// <summary>What a state must have in common with the trainer that loads it, by name.</summary>
    private readonly (string Name, string Value)[] _shape =
    [
        ("environment", options.EnvironmentId),
        ("number of copies", options.NumEnvs.ToString(CultureInfo.InvariantCulture)),
        ("steps per copy and iteration", options.StepsPerCopy.ToString(CultureInfo.InvariantCulture)),
        ("reward scaling", options.RewardScaling.ToString()),
        ("list of policies", string.Join(", ", policies.Mapping.PolicyIds.Select((id, i) => Describe(policies, id, i)))),
    ];

    public byte[] Save(TrainingProgress progress)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Mark);
        writer.Write(new byte[ChecksumEnd - ChecksumStart]);
        writer.Write(FormatVersion);
        foreach ((_, string value) in _shape)
        {
            writer.Write(value);
        }

        writer.Write(progress.Iterations);
        writer.Write(progress.EnvironmentSteps);
        writer.Write(progress.AgentSteps);
        writer.Write(progress.Episodes);
        byte[] copies = new byte[environment.StateByteCount];
        environment.SaveState(copies);
        writer.Write(copies.Length);
        writer.Write(copies);
        episodes.SaveState(writer);
        foreach (PolicyTrainer trainer in trainers)
        {
            trainer.SaveState(writer);
        }

        byte[] state = stream.ToArray();
        SHA256.HashData(state.AsSpan(ChecksumEnd), state.AsSpan(ChecksumStart));
        return state;
    }

    public TrainingProgress Load(ReadOnlySpan<byte> source)
    {
        if (source.Length < ChecksumEnd || BitConverter.ToUInt32(source) != Mark)
        {
            throw new ArgumentException($"These {source.Length} bytes are no saved training state; pass what SaveState returned.", nameof(source));
        }

        if (!SHA256.HashData(source[ChecksumEnd..]).AsSpan().SequenceEqual(source[ChecksumStart..ChecksumEnd]))
        {
            throw new ArgumentException("The saved training state is damaged: its checksum does not fit its bytes.", nameof(source));
        }

        using var reader = new BinaryReader(new MemoryStream(source[ChecksumEnd..].ToArray()));
        Check("format version", reader.ReadInt32().ToString(CultureInfo.InvariantCulture), FormatVersion.ToString(CultureInfo.InvariantCulture));
        foreach ((string name, string value) in _shape)
        {
            Check(name, reader.ReadString(), value);
        }

        var progress = new TrainingProgress(reader.ReadInt32(), reader.ReadInt64(), reader.ReadInt64(), reader.ReadInt64());

        // First, because the copies may refuse; what follows fits, as the shape and the checksum do.
        environment.LoadState(reader.ReadBytes(reader.ReadInt32()));
        episodes.LoadState(reader);
        foreach (PolicyTrainer trainer in trainers)
        {
            trainer.LoadState(reader);
        }

        return progress;
    }

    private static void Check(string name, string saved, string here)
    {
        if (saved != here)
        {
            throw new ArgumentException($"The saved training state does not fit: its {name} is {saved}, here it is {here}.");
        }
    }

    private static string Describe(PolicySet policies, string id, int policy)
    {
        PolicySpec spec = policies.Policies[policy].Spec;
        string hidden = string.Join("-", spec.HiddenSizes);
        return $"{id} ({spec.ObservationLength} to {hidden} to {spec.PolicyOutputLength} {spec.Activation}, critic of {spec.CriticObservationLength}{(spec.SharedLayers ? ", shared layers" : "")}{(spec.FreeLogStd ? ", free deviations" : "")}, {spec.ActionSpace}, {policies.Mapping.AgentsOf(policy).Length} agents)";
    }
}

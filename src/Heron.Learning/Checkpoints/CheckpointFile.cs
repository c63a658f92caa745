using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Heron.Learning.Checkpoints;

/// <summary>Writes and reads checkpoint folders.</summary>
/// <remarks>
/// A folder holds one file, <see cref="FileName"/>, which <c>numpy.load</c> opens: a zip archive of <c>header.json</c>,
/// <c>config.json</c>, the weights as <c>POLICY/TENSOR.npy</c> under RLlib's names, and <c>trainer.bin</c>. Its comment is
/// the SHA-256 of all bytes before it. One file, so that replacing a checkpoint is one rename: whoever looks, even after
/// the program was killed, finds the old one or the new one, whole.
/// </remarks>
public static class CheckpointFile
{
    /// <summary>Name of the file in its folder.</summary>
    public const string FileName = "checkpoint.npz";

    private const string HeaderEntry = "header.json";
    private const string ConfigurationEntry = "config.json";
    private const string TrainerEntry = "trainer.bin";
    private const string TensorSuffix = ".npy";
    private const string DigestPrefix = "sha256:";
    private const int DigestLength = 71;

    // Equal checkpoints are equal files.
    private static readonly DateTimeOffset EntryTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    /// <summary>Writes a checkpoint. When this returns, it is on the disk under its name.</summary>
    /// <param name="folder">Made if it is missing; a checkpoint that is in it is replaced.</param>
    /// <param name="checkpoint">What to write.</param>
    /// <exception cref="IOException">It cannot be written; what was in the folder is untouched.</exception>
    /// <exception cref="UnauthorizedAccessException">Like <see cref="IOException"/>.</exception>
    public static void Save(string folder, Checkpoint checkpoint)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string parent = Path.GetDirectoryName(folder) ?? throw new IOException($"'{folder}' is no folder that a checkpoint could be written to.");
        string partial = PartialOf(folder);
        if (Directory.Exists(partial))
        {
            // Left behind by a program that was killed.
            Directory.Delete(partial, recursive: true);
        }

        Directory.CreateDirectory(partial);
        WriteDurably(Path.Combine(partial, FileName), Encode(checkpoint));
        DurableFolder.Flush(partial);
        if (Directory.Exists(folder))
        {
            File.Move(Path.Combine(partial, FileName), Path.Combine(folder, FileName), overwrite: true);
            Directory.Delete(partial);
            DurableFolder.Flush(folder);
        }
        else
        {
            Directory.Move(partial, folder);
        }

        DurableFolder.Flush(parent);
    }

    /// <summary>Reads a checkpoint.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="CheckpointException">There is none, or it is damaged or of another kind; the message names the file and says which.</exception>
    public static Checkpoint Load(string folder)
    {
        string path = Path.Combine(folder, FileName);
        byte[] bytes = ReadBytes(folder, path);
        CheckDigest(path, bytes);
        try
        {
            return Decode(path, bytes);
        }
        catch (Exception exception) when (exception is InvalidDataException or JsonException or FormatException)
        {
            throw new CheckpointException($"{path} is no checkpoint of heron: {exception.Message}", exception);
        }
    }

    /// <summary>Removes a checkpoint. Its name is gone first, so that no half of it is left under that.</summary>
    /// <param name="folder">The folder.</param>
    /// <exception cref="IOException">It cannot be removed.</exception>
    /// <exception cref="UnauthorizedAccessException">Like <see cref="IOException"/>.</exception>
    public static void Delete(string folder)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        string partial = PartialOf(folder);
        if (Directory.Exists(partial))
        {
            Directory.Delete(partial, recursive: true);
        }

        Directory.Move(folder, partial);
        Directory.Delete(partial, recursive: true);
    }

    // Under this name a folder is no checkpoint.
    private static string PartialOf(string folder) => Path.Combine(Path.GetDirectoryName(folder) ?? "", $".{Path.GetFileName(folder)}.partial");

    private static byte[] Encode(Checkpoint checkpoint)
    {
        var header = new CheckpointHeader
        {
            Iteration = checkpoint.Iteration,
            EnvironmentSteps = checkpoint.EnvironmentSteps,
            ElapsedSeconds = checkpoint.ElapsedSeconds,
            MeanReturn = double.IsNaN(checkpoint.MeanReturn) ? null : checkpoint.MeanReturn,
            BestReturn = double.IsNaN(checkpoint.BestReturn) ? null : checkpoint.BestReturn,
        };
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add(archive, HeaderEntry, entry => JsonSerializer.Serialize(entry, header, Indented));
            Add(archive, ConfigurationEntry, entry => entry.Write(Encoding.UTF8.GetBytes(checkpoint.Configuration)));
            foreach (CheckpointTensor tensor in checkpoint.Tensors)
            {
                Add(archive, tensor.Name + TensorSuffix, entry => NumpyFormat.Write(entry, tensor.Shape, tensor.Values.Span));
            }

            Add(archive, TrainerEntry, entry => entry.Write(checkpoint.TrainerState.Span));
            archive.Comment = new string('.', DigestLength);
        }

        byte[] bytes = stream.ToArray();
        Encoding.ASCII.GetBytes(DigestOf(bytes), bytes.AsSpan(^DigestLength));
        return bytes;
    }

    private static void Add(ZipArchive archive, string name, Action<Stream> write)
    {
        ZipArchiveEntry entry = archive.CreateEntry(name, CompressionLevel.NoCompression);
        entry.LastWriteTime = EntryTime;
        using Stream stream = entry.Open();
        write(stream);
    }

    private static Checkpoint Decode(string path, byte[] bytes)
    {
        using var archive = new ZipArchive(new MemoryStream(bytes), ZipArchiveMode.Read);
        CheckpointHeader header = JsonSerializer.Deserialize<CheckpointHeader>(Read(archive, HeaderEntry)) ?? throw new JsonException($"its {HeaderEntry} is empty");
        if (header.Format != CheckpointHeader.FormatName || header.FormatVersion != CheckpointHeader.CurrentVersion)
        {
            throw new CheckpointException(
                $"{path} has format '{header.Format}' version {header.FormatVersion}; this program reads '{CheckpointHeader.FormatName}' version {CheckpointHeader.CurrentVersion}. Use the version of heron that wrote it.");
        }

        return new Checkpoint
        {
            Iteration = header.Iteration,
            EnvironmentSteps = header.EnvironmentSteps,
            ElapsedSeconds = header.ElapsedSeconds,
            MeanReturn = header.MeanReturn ?? double.NaN,
            BestReturn = header.BestReturn ?? double.NaN,
            Configuration = Encoding.UTF8.GetString(Read(archive, ConfigurationEntry)),
            Tensors = [.. archive.Entries.Where(entry => entry.FullName.EndsWith(TensorSuffix, StringComparison.Ordinal)).Select(entry => ReadTensor(archive, entry.FullName))],
            TrainerState = Read(archive, TrainerEntry),
        };
    }

    private static CheckpointTensor ReadTensor(ZipArchive archive, string name)
    {
        try
        {
            (int[] shape, float[] values) = NumpyFormat.Read(Read(archive, name));
            return new CheckpointTensor(name[..^TensorSuffix.Length], shape, values);
        }
        catch (FormatException exception)
        {
            throw new FormatException($"its entry {name} {exception.Message}", exception);
        }
    }

    private static byte[] Read(ZipArchive archive, string name)
    {
        ZipArchiveEntry entry = archive.GetEntry(name) ?? throw new InvalidDataException($"it has no entry {name}");
        var bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static byte[] ReadBytes(string folder, string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            string reason = Directory.Exists(folder) ? $"the folder has no {FileName}" : "there is no such folder";
            throw new CheckpointException($"'{folder}' is no checkpoint: {reason}.", exception);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CheckpointException($"Cannot read {path}: {exception.Message}", exception);
        }
    }

    private static void CheckDigest(string path, byte[] bytes)
    {
        string digest = bytes.Length < DigestLength ? "" : Encoding.ASCII.GetString(bytes.AsSpan(^DigestLength));
        if (!digest.StartsWith(DigestPrefix, StringComparison.Ordinal))
        {
            throw new CheckpointException($"{path} ({bytes.Length} bytes) is no checkpoint of heron, or its end is missing. Take another checkpoint of the run.");
        }

        if (digest != DigestOf(bytes))
        {
            throw new CheckpointException($"{path} is damaged: its contents do not match their SHA-256. Take another checkpoint of the run.");
        }
    }

    private static string DigestOf(byte[] bytes) => DigestPrefix + Convert.ToHexStringLower(SHA256.HashData(bytes.AsSpan(..^DigestLength)));

    private static void WriteDurably(string path, byte[] bytes)
    {
        using var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write);
        stream.Write(bytes);
        stream.Flush(flushToDisk: true);
    }
}

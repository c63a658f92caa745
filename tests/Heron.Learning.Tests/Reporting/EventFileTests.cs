using System.Buffers.Binary;
using Heron.Learning.Reporting;
using Heron.Learning.Tests.Shared;

namespace Heron.Learning.Tests.Reporting;

public sealed class EventFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly FixedTime _clock = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Create_SecondFileOfAProcess_HasAnotherNameOfTheUsualForm()
    {
        using EventFile first = EventFile.Create(_folder.Path, _clock), second = EventFile.Create(_folder.Path, _clock);

        Assert.NotEqual(first.Path, second.Path);
        Assert.Matches(@"^events\.out\.tfevents\.[0-9]{10}\..+\.[0-9]+\.0$", Path.GetFileName(first.Path));
    }

    [Fact]
    public void Create_NewFile_StartsWithItsVersion()
    {
        byte[][] records = Write(_ => { });

        byte[] wallTime = [0x09, .. BitConverter.GetBytes(1767323045.5)];
        Assert.Equal([.. wallTime, 0x1A, 13, .. "brain.Event:2"u8], Assert.Single(records));
    }

    [Fact]
    public void Scalars_OfAStep_AreOneEventByteForByte()
    {
        byte[][] records = Write(file => file.Scalars(300, [("a", 1.5), ("missing", double.NaN), ("bc", -2)]));

        byte[] first = [0x0A, 1, (byte)'a', 0x15, 0, 0, 0xC0, 0x3F];
        byte[] second = [0x0A, 2, (byte)'b', (byte)'c', 0x15, 0, 0, 0, 0xC0];
        byte[] summary = [0x0A, (byte)first.Length, .. first, 0x0A, (byte)second.Length, .. second];
        byte[] expected = [0x09, .. BitConverter.GetBytes(1767323045.5), 0x10, 0xAC, 0x02, 0x2A, (byte)summary.Length, .. summary];
        Assert.Equal(expected, records[1]);
    }

    [Fact]
    public void Restart_AtAStep_IsASessionStartOfThatStep()
    {
        byte[][] records = Write(file => file.Restart(7));

        Assert.Equal([0x09, .. BitConverter.GetBytes(1767323045.5), 0x10, 7, 0x3A, 2, 0x08, 1], records[1]);
    }

    [Fact]
    public void Text_OfAStep_IsATensorForTheTextPlugin()
    {
        byte[][] records = Write(file => file.Text(1, "t", "hi"));

        byte[] tensor = [0x08, 7, 0x12, 4, 0x12, 2, 0x08, 1, 0x42, 2, (byte)'h', (byte)'i'];
        byte[] metadata = [0x0A, 6, 0x0A, 4, .. "text"u8];
        byte[] value = [0x0A, 1, (byte)'t', 0x42, (byte)tensor.Length, .. tensor, 0x4A, (byte)metadata.Length, .. metadata];
        byte[] summary = [0x0A, (byte)value.Length, .. value];
        Assert.Equal([0x09, .. BitConverter.GetBytes(1767323045.5), 0x10, 1, 0x2A, (byte)summary.Length, .. summary], records[1]);
    }

    [Fact]
    public void Scalars_BeforeTheFileIsClosed_CanBeRead()
    {
        using EventFile file = EventFile.Create(_folder.Path, _clock);
        file.Scalars(1, [("a", 1)]);

        using var reader = new FileStream(file.Path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[reader.Length];
        reader.ReadExactly(bytes);

        Assert.Equal(2, Records(bytes).Length);
    }

    private byte[][] Write(Action<EventFile> write)
    {
        string path;
        using (EventFile file = EventFile.Create(_folder.Path, _clock))
        {
            write(file);
            path = file.Path;
        }

        return Records(File.ReadAllBytes(path));
    }

    private static byte[][] Records(ReadOnlySpan<byte> bytes)
    {
        var records = new List<byte[]>();
        while (bytes.Length > 0)
        {
            int length = (int)BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            Assert.Equal(MaskedCrc32C.Of(bytes[..8]), BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]));
            ReadOnlySpan<byte> payload = bytes.Slice(12, length);
            Assert.Equal(MaskedCrc32C.Of(payload), BinaryPrimitives.ReadUInt32LittleEndian(bytes[(12 + length)..]));
            records.Add(payload.ToArray());
            bytes = bytes[(16 + length)..];
        }

        return [.. records];
    }
}

using System.Buffers.Binary;
using System.Globalization;

namespace Heron.Learning.Reporting;

/// <summary>Writes a file that TensorBoard shows: scalars over steps, and text.</summary>
/// <remarks>
/// Records as TensorFlow frames them: length, masked CRC-32C of the length, an Event message of
/// tensorflow/core/util/event.proto, masked CRC-32C of the message; all little-endian. Every call ends with a flush, so
/// that a reader sees it at once; readers ignore a torn last record until the rest arrives. Not safe for concurrent calls.
/// </remarks>
public sealed class EventFile : IDisposable
{
    // Field numbers of event.proto, summary.proto and tensor.proto.
    private const int EventWallTime = 1, EventStep = 2, EventFileVersion = 3, EventSummary = 5, EventSessionLog = 7;
    private const int SummaryValue = 1, ValueTag = 1, ValueNumber = 2, ValueTensor = 8, ValueMetadata = 9;
    private const int TensorType = 1, TensorShape = 2, TensorTexts = 8, ShapeDimension = 2, DimensionSize = 1;
    private const int MetadataPlugin = 1, PluginName = 1, SessionStatus = 1;
    private const int TextType = 7, SessionStart = 1;

    private readonly FileStream _stream;
    private readonly TimeProvider _clock;
    private readonly ProtobufWriter _event = new();
    private readonly ProtobufWriter _summary = new();
    private readonly ProtobufWriter _value = new();

    private EventFile(FileStream stream, TimeProvider clock)
    {
        _stream = stream;
        _clock = clock;
        BeginEvent();
        _event.Text(EventFileVersion, "brain.Event:2");
        Append();
    }

    /// <summary>Path of the file.</summary>
    public string Path => _stream.Name;

    /// <summary>Starts a file with a name of its own; TensorBoard reads all files of a folder as one run.</summary>
    /// <param name="folder">An existing folder.</param>
    /// <param name="clock">Gives the wall time of the records.</param>
    /// <exception cref="IOException">The file cannot be written.</exception>
    public static EventFile Create(string folder, TimeProvider clock)
    {
        long seconds = clock.GetUtcNow().ToUnixTimeSeconds();
        for (int number = 0; ; number++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"events.out.tfevents.{seconds:D10}.{Environment.MachineName}.{Environment.ProcessId}.{number}");
            string path = System.IO.Path.Combine(folder, name);
            if (!File.Exists(path))
            {
                return new EventFile(new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read), clock);
            }
        }
    }

    /// <summary>Tells readers that a run goes on: whatever earlier files hold for this step and later ones is void.</summary>
    /// <param name="step">The first step that is written again.</param>
    public void Restart(long step)
    {
        BeginEvent(step);
        _value.Clear();
        _value.Integer(SessionStatus, SessionStart);
        _event.Message(EventSessionLog, _value);
        Append();
    }

    /// <summary>Writes numbers of one step.</summary>
    /// <param name="step">What stands on the horizontal axis.</param>
    /// <param name="scalars">Tag, for example <c>loss/policy</c>, and number; those that are not a number are left out.</param>
    public void Scalars(long step, IEnumerable<(string Tag, double Value)> scalars)
    {
        BeginEvent(step);
        _summary.Clear();
        foreach ((string tag, double value) in scalars.Where(scalar => !double.IsNaN(scalar.Value)))
        {
            _value.Clear();
            _value.Text(ValueTag, tag);
            _value.Float(ValueNumber, (float)value);
            _summary.Message(SummaryValue, _value);
        }

        _event.Message(EventSummary, _summary);
        Append();
    }

    /// <summary>Writes a text, which TensorBoard shows as Markdown.</summary>
    /// <param name="step">Step that it belongs to.</param>
    /// <param name="tag">Its heading.</param>
    /// <param name="text">Markdown.</param>
    public void Text(long step, string tag, string text)
    {
        BeginEvent(step);
        _summary.Clear();
        _value.Clear();
        _value.Text(ValueTag, tag);
        _value.Message(ValueTensor, TextTensor(text));
        _value.Message(ValueMetadata, Metadata("text"));
        _summary.Message(SummaryValue, _value);
        _event.Message(EventSummary, _summary);
        Append();
    }

    /// <summary>Closes the file.</summary>
    public void Dispose() => _stream.Dispose();

    private static ProtobufWriter TextTensor(string text)
    {
        var dimension = new ProtobufWriter();
        dimension.Integer(DimensionSize, 1);
        var shape = new ProtobufWriter();
        shape.Message(ShapeDimension, dimension);
        var tensor = new ProtobufWriter();
        tensor.Integer(TensorType, TextType);
        tensor.Message(TensorShape, shape);
        tensor.Text(TensorTexts, text);
        return tensor;
    }

    private static ProtobufWriter Metadata(string plugin)
    {
        var data = new ProtobufWriter();
        data.Text(PluginName, plugin);
        var metadata = new ProtobufWriter();
        metadata.Message(MetadataPlugin, data);
        return metadata;
    }

    private void BeginEvent(long step = 0)
    {
        _event.Clear();
        _event.Double(EventWallTime, (_clock.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds);
        if (step != 0)
        {
            _event.Integer(EventStep, step);
        }
    }

    private void Append()
    {
        ReadOnlySpan<byte> message = _event.Bytes;
        Span<byte> header = stackalloc byte[sizeof(ulong) + sizeof(uint)];
        BinaryPrimitives.WriteUInt64LittleEndian(header, (ulong)message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(header[sizeof(ulong)..], MaskedCrc32C.Of(header[..sizeof(ulong)]));
        Span<byte> footer = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32LittleEndian(footer, MaskedCrc32C.Of(message));
        _stream.Write(header);
        _stream.Write(message);
        _stream.Write(footer);
        _stream.Flush();
    }
}

using System.ComponentModel.DataAnnotations;
using System.Net;

namespace Heron.Server.Hosting;

/// <summary>Settings of the server.</summary>
public sealed class HeronServerOptions : IValidatableObject
{
    /// <summary>Shortest lease in seconds that a client may ask for.</summary>
    public const float MinimumLeaseSeconds = 1;

    /// <summary>Longest lease in seconds that a client may ask for: a week.</summary>
    public const float MaximumLeaseSeconds = 7 * 24 * 3600;

    private const string OutOfRange = "{0} is out of range; it takes {1} to {2}.";

    /// <summary>Address and port of gRPC without TLS. Default 127.0.0.1:50051; port 0 takes any free one. Addresses beyond loopback need <see cref="AllowInsecure"/>.</summary>
    [Required]
    public IPEndPoint Listen { get; set; } = new(IPAddress.Loopback, 50051);

    /// <summary>Whether <see cref="Listen"/> may be an address that other machines reach, although everybody there can then use the server. Default false.</summary>
    public bool AllowInsecure { get; set; }

    /// <summary>Whether <see cref="Listen"/> is an address that other machines reach.</summary>
    internal bool IsExposed => !IPAddress.IsLoopback(Listen.Address);

    /// <summary>Sessions at a time, 1 to 1,000,000. Default 4,096.</summary>
    [Range(1, 1_000_000, ErrorMessage = OutOfRange)]
    [Display(Name = "--max-sessions")]
    public int MaxSessions { get; set; } = 4096;

    /// <summary>Copies of environments in all sessions together, 1 to 100,000,000. Default 262,144.</summary>
    [Range(1, 100_000_000, ErrorMessage = OutOfRange)]
    [Display(Name = "--max-copies")]
    public int MaxCopies { get; set; } = 262_144;

    /// <summary>Memory in MiB that the buffers of all sessions may take together, 1 to 1,048,576. Default 2,048.</summary>
    [Range(1, 1_048_576, ErrorMessage = OutOfRange)]
    public int MaxBlockMegabytes { get; set; } = 2048;

    /// <summary>Drives and evaluations that are carried out at a time, 1 to 10,000; each takes a thread. Default 256.</summary>
    [Range(1, 10_000, ErrorMessage = OutOfRange)]
    [Display(Name = "--max-drives")]
    public int MaxDrives { get; set; } = 256;

    /// <summary>Folder of training runs whose checkpoints clients may evaluate; it need not exist. Default runs, in the current folder.</summary>
    [Required]
    [Display(Name = "--runs")]
    public string RunsFolder { get; set; } = "runs";

    /// <summary>Lease in seconds of clients that ask for none. Default 600, which outlasts the pauses of most learners.</summary>
    [Range(MinimumLeaseSeconds, MaximumLeaseSeconds, ErrorMessage = OutOfRange)]
    [Display(Name = "--lease")]
    public float LeaseSeconds { get; set; } = 600;

    /// <summary>Largest message in MiB that a client may send, 1 to 1,024. Default 64.</summary>
    [Range(1, 1024, ErrorMessage = OutOfRange)]
    public int MaxMessageMegabytes { get; set; } = 64;

    /// <summary>Seconds of silence on a connection after which the server asks whether the client is still there; without an answer for as long again its calls end. 1 to 3,600, default 20.</summary>
    [Range(1, 3600, ErrorMessage = OutOfRange)]
    public int KeepAliveSeconds { get; set; } = 20;

    /// <summary>Streams and calls that one connection may have open, 100 to 1,000,000. Default 100,000.</summary>
    [Range(100, 1_000_000, ErrorMessage = OutOfRange)]
    public int MaxStreamsPerConnection { get; set; } = 100_000;

    /// <summary>Checks what one setting means for another.</summary>
    /// <param name="validationContext">Not used.</param>
    /// <returns>One sentence for each thing that is wrong.</returns>
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (IsExposed && !AllowInsecure)
        {
            yield return new ValidationResult(
                $"--listen {Listen} is reachable from other machines, and without TLS and tokens everybody there could use the server. "
                + "Listen on 127.0.0.1, or add --allow-insecure if that is meant.");
        }
    }
}

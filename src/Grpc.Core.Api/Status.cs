namespace Grpc.Core;

/// <summary>Outcome of a call: a code, a text for people and, on this side of the wire only, the exception behind it.</summary>
public struct Status
{
    /// <summary>Success without detail.</summary>
    public static readonly Status DefaultSuccess = new(StatusCode.OK, "");

    /// <summary>Cancellation without detail.</summary>
    public static readonly Status DefaultCancelled = new(StatusCode.Cancelled, "");

    private readonly string? _detail;

    /// <summary>Creates a status without an exception.</summary>
    /// <param name="statusCode">Result code.</param>
    /// <param name="detail">Text for people; sent to the peer.</param>
    public Status(StatusCode statusCode, string detail)
        : this(statusCode, detail, null)
    {
    }

    /// <summary>Creates a status with the exception that caused it.</summary>
    /// <param name="statusCode">Result code.</param>
    /// <param name="detail">Text for people; sent to the peer.</param>
    /// <param name="debugException">Cause on this side, for logs; never sent. Null: none.</param>
    public Status(StatusCode statusCode, string detail, Exception? debugException)
    {
        StatusCode = statusCode;
        _detail = detail;
        DebugException = debugException;
    }

    /// <summary>Result code.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>Text for people; empty when there is none.</summary>
    public readonly string Detail => _detail ?? "";

    /// <summary>Cause on this side, for logs; null when unknown.</summary>
    public Exception? DebugException { get; }

    /// <summary>One line such as <c>Status(StatusCode="NotFound", Detail="no such session")</c>, with the exception's type and message when there is one.</summary>
    /// <returns>The line.</returns>
    public override readonly string ToString()
    {
        var exception = DebugException is null
            ? ""
            : $", DebugException=\"{DebugException.GetType()}: {DebugException.Message}\"";
        return $"Status(StatusCode=\"{StatusCode}\", Detail=\"{Detail}\"{exception})";
    }
}

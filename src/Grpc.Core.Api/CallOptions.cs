namespace Grpc.Core;

/// <summary>Headers, deadline, cancellation and other settings of one call; a value that never changes.</summary>
public struct CallOptions
{
    /// <summary>Creates options.</summary>
    /// <param name="headers">Request headers; null: none.</param>
    /// <param name="deadline">Moment (UTC) at which the call fails with <see cref="StatusCode.DeadlineExceeded"/>; null: never.</param>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <param name="writeOptions">How requests are written; null: the default.</param>
    /// <param name="propagationToken">Inherits from a call being handled; null: nothing.</param>
    /// <param name="credentials">Credentials of the call; null: none.</param>
#pragma warning disable CA1068 // The published order of parameters, which generated code relies on.
    public CallOptions(
#pragma warning restore CA1068
        Metadata? headers = null,
        DateTime? deadline = null,
        CancellationToken cancellationToken = default,
        WriteOptions? writeOptions = null,
        ContextPropagationToken? propagationToken = null,
        CallCredentials? credentials = null)
    {
        Headers = headers;
        Deadline = deadline;
        CancellationToken = cancellationToken;
        WriteOptions = writeOptions;
        PropagationToken = propagationToken;
        Credentials = credentials;
    }

    /// <summary>Request headers; null: none.</summary>
    public Metadata? Headers { get; private set; }

    /// <summary>Moment (UTC) at which the call fails; null: never.</summary>
    public DateTime? Deadline { get; private set; }

    /// <summary>Cancels the call.</summary>
    public CancellationToken CancellationToken { get; private set; }

    /// <summary>How requests are written; null: the default.</summary>
    public WriteOptions? WriteOptions { get; private set; }

    /// <summary>Inherits from a call being handled; null: nothing.</summary>
    public ContextPropagationToken? PropagationToken { get; private set; }

    /// <summary>Credentials of the call; null: none.</summary>
    public CallCredentials? Credentials { get; private set; }

    /// <summary>Whether the call waits for a connection instead of failing when there is none; false by default.</summary>
    public bool IsWaitForReady { get; private set; }

    /// <summary>The same options with other headers.</summary>
    /// <param name="headers">Request headers.</param>
    /// <returns>New options.</returns>
    public readonly CallOptions WithHeaders(Metadata headers) => this with { Headers = headers };

    /// <summary>The same options with another deadline.</summary>
    /// <param name="deadline">Moment (UTC).</param>
    /// <returns>New options.</returns>
    public readonly CallOptions WithDeadline(DateTime deadline) => this with { Deadline = deadline };

    /// <summary>The same options with another token.</summary>
    /// <param name="cancellationToken">Cancels the call.</param>
    /// <returns>New options.</returns>
    public readonly CallOptions WithCancellationToken(CancellationToken cancellationToken) =>
        this with { CancellationToken = cancellationToken };

    /// <summary>The same options with other write options.</summary>
    /// <param name="writeOptions">How requests are written.</param>
    /// <returns>New options.</returns>
    public readonly CallOptions WithWriteOptions(WriteOptions writeOptions) => this with { WriteOptions = writeOptions };

    /// <summary>The same options, inheriting from another call.</summary>
    /// <param name="propagationToken">Token of the call being handled.</param>
    /// <returns>New options.</returns>
    public readonly CallOptions WithPropagationToken(ContextPropagationToken propagationToken) =>
        this with { PropagationToken = propagationToken };

    /// <summary>The same options with other credentials.</summary>
    /// <param name="credentials">Credentials of the call.</param>
    /// <returns>New options.</returns>
    public readonly CallOptions WithCredentials(CallCredentials credentials) => this with { Credentials = credentials };

    /// <summary>The same options with or without waiting for a connection.</summary>
    /// <param name="waitForReady">Whether to wait.</param>
    /// <returns>New options.</returns>
    public readonly CallOptions WithWaitForReady(bool waitForReady = true) => this with { IsWaitForReady = waitForReady };
}

namespace Grpc.Core;

/// <summary>TLS, with optional roots, client certificate and additional check.</summary>
public sealed class SslCredentials : ChannelCredentials
{
    private readonly VerifyPeerCallback? _verifyPeerCallback;

    /// <summary>TLS with the machine's trusted roots.</summary>
    public SslCredentials()
        : this(null)
    {
    }

    /// <summary>TLS with given roots.</summary>
    /// <param name="rootCertificates">PEM text; null: those of the machine.</param>
    public SslCredentials(string? rootCertificates)
        : this(rootCertificates, null)
    {
    }

    /// <summary>TLS with given roots and an identity of the client.</summary>
    /// <param name="rootCertificates">PEM text; null: those of the machine.</param>
    /// <param name="keyCertificatePair">Identity of the client; null: none.</param>
    public SslCredentials(string? rootCertificates, KeyCertificatePair? keyCertificatePair)
        : this(rootCertificates, keyCertificatePair, null)
    {
    }

    /// <summary>TLS with given roots, an identity of the client and an additional check of the server.</summary>
    /// <param name="rootCertificates">PEM text; null: those of the machine.</param>
    /// <param name="keyCertificatePair">Identity of the client; null: none.</param>
    /// <param name="verifyPeerCallback">Additional check; null: none.</param>
    public SslCredentials(
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback)
    {
        RootCertificates = rootCertificates;
        KeyCertificatePair = keyCertificatePair;
        _verifyPeerCallback = verifyPeerCallback;
    }

    /// <summary>PEM text of trusted roots; null: those of the machine.</summary>
    public string? RootCertificates { get; }

    /// <summary>Identity of the client; null: none.</summary>
    public KeyCertificatePair? KeyCertificatePair { get; }

    internal override bool IsComposable => true;

    /// <inheritdoc/>
    public override void InternalPopulateConfiguration(ChannelCredentialsConfiguratorBase configurator, object? state)
    {
        ArgumentNullException.ThrowIfNull(configurator);
        configurator.SetSslCredentials(state, RootCertificates, KeyCertificatePair, _verifyPeerCallback);
    }
}

namespace Grpc.Core;

/// <summary>Receives the parts of <see cref="ChannelCredentials"/>; implemented by gRPC implementations only.</summary>
public abstract class ChannelCredentialsConfiguratorBase
{
    /// <summary>The channel is not protected.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    public abstract void SetInsecureCredentials(object? state);

    /// <summary>The channel uses TLS.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    /// <param name="rootCertificates">PEM text of trusted roots; null: those of the machine.</param>
    /// <param name="keyCertificatePair">Identity of the client; null: none.</param>
    /// <param name="verifyPeerCallback">Additional check of the server; null: none.</param>
    public abstract void SetSslCredentials(
        object? state,
        string? rootCertificates,
        KeyCertificatePair? keyCertificatePair,
        VerifyPeerCallback? verifyPeerCallback);

    /// <summary>The channel carries call credentials.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    /// <param name="channelCredentials">Protection of the channel.</param>
    /// <param name="callCredentials">Credentials of every call.</param>
    public abstract void SetCompositeCredentials(
        object? state,
        ChannelCredentials channelCredentials,
        CallCredentials callCredentials);
}

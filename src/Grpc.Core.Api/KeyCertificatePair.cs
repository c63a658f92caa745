namespace Grpc.Core;

/// <summary>A certificate and its private key, as PEM text.</summary>
public sealed class KeyCertificatePair
{
    /// <summary>Creates a pair.</summary>
    /// <param name="certificateChain">PEM text of the certificate and those above it.</param>
    /// <param name="privateKey">PEM text of the key.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public KeyCertificatePair(string certificateChain, string privateKey)
    {
        ArgumentNullException.ThrowIfNull(certificateChain);
        ArgumentNullException.ThrowIfNull(privateKey);
        CertificateChain = certificateChain;
        PrivateKey = privateKey;
    }

    /// <summary>PEM text of the certificate and those above it.</summary>
    public string CertificateChain { get; }

    /// <summary>PEM text of the key.</summary>
    public string PrivateKey { get; }
}

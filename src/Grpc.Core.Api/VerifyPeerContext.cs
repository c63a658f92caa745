namespace Grpc.Core;

/// <summary>The server that a <see cref="VerifyPeerCallback"/> judges.</summary>
public class VerifyPeerContext
{
    internal VerifyPeerContext(string targetName, string peerPem)
    {
        TargetName = targetName;
        PeerPem = peerPem;
    }

    /// <summary>Host name that the client asked for.</summary>
    public string TargetName { get; }

    /// <summary>PEM text of the server's certificate.</summary>
    public string PeerPem { get; }
}

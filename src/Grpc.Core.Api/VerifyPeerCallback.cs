namespace Grpc.Core;

/// <summary>Decides whether a server's certificate is acceptable, in addition to the usual checks.</summary>
/// <param name="context">The server.</param>
/// <returns>False refuses the connection.</returns>
public delegate bool VerifyPeerCallback(VerifyPeerContext context);

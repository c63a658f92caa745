namespace Grpc.Core;

/// <summary>Adds credentials, such as a bearer token, to the headers of a call.</summary>
/// <param name="context">The call.</param>
/// <param name="metadata">Headers to add to.</param>
/// <returns>Completes when the headers are complete.</returns>
public delegate Task AsyncAuthInterceptor(AuthInterceptorContext context, Metadata metadata);

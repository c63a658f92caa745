namespace Grpc.Core;

/// <summary>Receives the parts of <see cref="CallCredentials"/>; implemented by gRPC implementations only.</summary>
public abstract class CallCredentialsConfiguratorBase
{
    /// <summary>The credentials are several others, applied in order.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    /// <param name="credentials">The others.</param>
    public abstract void SetCompositeCredentials(object? state, IReadOnlyList<CallCredentials> credentials);

    /// <summary>The credentials are a function.</summary>
    /// <param name="state">What was handed to the credentials.</param>
    /// <param name="interceptor">The function.</param>
    public abstract void SetAsyncAuthInterceptorCredentials(object? state, AsyncAuthInterceptor interceptor);
}

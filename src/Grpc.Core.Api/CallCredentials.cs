namespace Grpc.Core;

/// <summary>Credentials that go with a single call rather than with the connection.</summary>
public abstract class CallCredentials
{
    /// <summary>Puts several credentials together; they apply in order.</summary>
    /// <param name="credentials">One or more credentials.</param>
    /// <returns>Their composition.</returns>
    /// <exception cref="ArgumentNullException">The list or an element is null.</exception>
    /// <exception cref="ArgumentException">The list is empty.</exception>
    public static CallCredentials Compose(params CallCredentials[] credentials) => new CompositeCallCredentials(credentials);

    /// <summary>Makes credentials from a function that fills in headers.</summary>
    /// <param name="interceptor">Function, called once per call.</param>
    /// <returns>The credentials.</returns>
    /// <exception cref="ArgumentNullException">The function is null.</exception>
    public static CallCredentials FromInterceptor(AsyncAuthInterceptor interceptor) =>
        new InterceptorCallCredentials(interceptor);

    /// <summary>Tells a gRPC implementation what these credentials are made of; not for applications.</summary>
    /// <param name="configurator">Receives the parts.</param>
    /// <param name="state">Handed on to it.</param>
    public abstract void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state);

    private sealed class CompositeCallCredentials : CallCredentials
    {
        private readonly List<CallCredentials> _credentials;

        public CompositeCallCredentials(CallCredentials[] credentials)
        {
            ArgumentNullException.ThrowIfNull(credentials);
            if (credentials.Length == 0)
            {
                throw new ArgumentException("Compose needs at least one CallCredentials and got none.", nameof(credentials));
            }

            foreach (var credential in credentials)
            {
                ArgumentNullException.ThrowIfNull(credential, nameof(credentials));
            }

            _credentials = [.. credentials];
        }

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetCompositeCredentials(state, _credentials);
    }

    private sealed class InterceptorCallCredentials : CallCredentials
    {
        private readonly AsyncAuthInterceptor _interceptor;

        public InterceptorCallCredentials(AsyncAuthInterceptor interceptor)
        {
            ArgumentNullException.ThrowIfNull(interceptor);
            _interceptor = interceptor;
        }

        public override void InternalPopulateConfiguration(CallCredentialsConfiguratorBase configurator, object? state) =>
            configurator.SetAsyncAuthInterceptorCredentials(state, _interceptor);
    }
}

namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors in front of an invoker.</summary>
public static class CallInvokerExtensions
{
    /// <summary>Puts one interceptor in front.</summary>
    /// <param name="invoker">Invoker.</param>
    /// <param name="interceptor">Sees every call first.</param>
    /// <returns>A new invoker.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptor);
        return new InterceptingCallInvoker(invoker, interceptor);
    }

    /// <summary>Puts several interceptors in front.</summary>
    /// <param name="invoker">Invoker.</param>
    /// <param name="interceptors">The first one sees a call first.</param>
    /// <returns>A new invoker, or the same one when there are no interceptors.</returns>
    /// <exception cref="ArgumentNullException">An argument or an element is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(invoker);
        ArgumentNullException.ThrowIfNull(interceptors);
        for (var index = interceptors.Length - 1; index >= 0; index--)
        {
            invoker = invoker.Intercept(interceptors[index]);
        }

        return invoker;
    }

    /// <summary>Puts a rewriting of the request headers in front.</summary>
    /// <param name="invoker">Invoker.</param>
    /// <param name="interceptor">Gets the headers of a call (never null) and returns those to send.</param>
    /// <returns>A new invoker.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this CallInvoker invoker, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(interceptor);
        return invoker.Intercept(new HeaderInterceptor(interceptor));
    }
}

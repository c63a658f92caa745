namespace Grpc.Core.Interceptors;

/// <summary>Puts interceptors in front of a channel.</summary>
public static class ChannelExtensions
{
    /// <summary>Puts one interceptor in front.</summary>
    /// <param name="channel">Channel.</param>
    /// <param name="interceptor">Sees every call first.</param>
    /// <returns>An invoker to create clients with.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Interceptor interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }

    /// <summary>Puts several interceptors in front.</summary>
    /// <param name="channel">Channel.</param>
    /// <param name="interceptors">The first one sees a call first.</param>
    /// <returns>An invoker to create clients with.</returns>
    /// <exception cref="ArgumentNullException">An argument or an element is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, params Interceptor[] interceptors)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptors);
    }

    /// <summary>Puts a rewriting of the request headers in front.</summary>
    /// <param name="channel">Channel.</param>
    /// <param name="interceptor">Gets the headers of a call (never null) and returns those to send.</param>
    /// <returns>An invoker to create clients with.</returns>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    public static CallInvoker Intercept(this ChannelBase channel, Func<Metadata, Metadata> interceptor)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return channel.CreateCallInvoker().Intercept(interceptor);
    }
}

namespace Grpc.Core;

/// <summary>Base of generated clients that can make copies of themselves.</summary>
/// <typeparam name="T">The generated client.</typeparam>
public abstract class ClientBase<T> : ClientBase
    where T : ClientBase<T>
{
    /// <summary>Creates a client whose calls all fail; for test doubles that override the methods they need.</summary>
    protected ClientBase()
    {
    }

    /// <summary>Creates a client on a channel.</summary>
    /// <param name="channel">Channel.</param>
    /// <exception cref="ArgumentNullException">The channel is null.</exception>
    protected ClientBase(ChannelBase channel)
        : base(channel)
    {
    }

    /// <summary>Creates a client on an invoker, for example an intercepted one.</summary>
    /// <param name="callInvoker">Starts the calls.</param>
    /// <exception cref="ArgumentNullException">The invoker is null.</exception>
    protected ClientBase(CallInvoker callInvoker)
        : base(callInvoker)
    {
    }

    /// <summary>Creates a client from a configuration; generated code calls it.</summary>
    /// <param name="configuration">Configuration.</param>
    /// <exception cref="ArgumentNullException">The configuration is null.</exception>
    protected ClientBase(ClientBaseConfiguration configuration)
        : base(configuration)
    {
    }

    /// <summary>A copy of this client that sends another authority with its calls.</summary>
    /// <param name="host">Authority.</param>
    /// <returns>A new client on the same channel.</returns>
    /// <exception cref="ArgumentNullException">The authority is null.</exception>
    public T WithHost(string host) => NewInstance(Configuration.WithHost(host));

    /// <summary>Creates a client of the same class; generated code overrides it.</summary>
    /// <param name="configuration">Configuration of the new client.</param>
    /// <returns>The new client.</returns>
    protected abstract T NewInstance(ClientBaseConfiguration configuration);
}

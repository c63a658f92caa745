namespace Grpc.Core;

/// <summary>Description of a method without its message types.</summary>
public interface IMethod
{
    /// <summary>Which sides send a stream.</summary>
    MethodType Type { get; }

    /// <summary>Service with its package, such as <c>heron.v1.MultiAgentEnv</c>.</summary>
    string ServiceName { get; }

    /// <summary>Method within the service, such as <c>Step</c>.</summary>
    string Name { get; }

    /// <summary>Path on the wire, such as <c>/heron.v1.MultiAgentEnv/Step</c>.</summary>
    string FullName { get; }
}

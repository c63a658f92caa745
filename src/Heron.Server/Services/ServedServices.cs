using Heron.Contracts.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Heron.Server.Services;

/// <summary>The gRPC services of this server, as health and reflection tell them.</summary>
internal static class ServedServices
{
    /// <summary>All services, in the order in which tools list them.</summary>
    public static IReadOnlyList<ServiceDescriptor> All { get; } =
    [
        MultiAgentEnvReflection.Descriptor.Services.Single(),
        RolloutsReflection.Descriptor.Services.Single(),
        Grpc.Health.V1.HealthReflection.Descriptor.Services.Single(),
        Grpc.Reflection.V1.ReflectionReflection.Descriptor.Services.Single(),
        Grpc.Reflection.V1Alpha.ReflectionReflection.Descriptor.Services.Single(),
    ];
}
